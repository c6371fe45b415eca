// A case book is edited in place: choices and wording travel as one Gradio event each.
const send = (node, more) => {
  const card = node.closest(".pk-case");
  trigger("click", { ...node.dataset, card: card ? card.dataset.card : "", ...more });
};
const editing = (quote, on) => {
  quote.querySelector(".pk-editor").hidden = !on;
  quote.querySelector(".pk-shown").hidden = on;
  if (on) quote.querySelector("textarea").focus();
};
element.addEventListener("click", (event) => {
  const node = event.target.closest("[data-act]");
  if (!node || node.matches("input, textarea")) return;
  event.preventDefault();
  const quote = node.closest(".pk-line");
  if (node.dataset.act === "edit") return editing(quote, true);
  if (node.dataset.act === "cancel") {
    const box = quote.querySelector("textarea");
    box.value = box.defaultValue;
    return editing(quote, false);
  }
  if (node.dataset.act === "reword") return send(node, { text: quote.querySelector("textarea").value });
  send(node, {});
});
element.addEventListener("change", (event) => {
  const node = event.target;
  if (node.dataset.act === "choose") send(node, { chosen: node.checked });
  if (node.dataset.act === "wording" || node.dataset.act === "title") send(node, { text: node.value });
});
