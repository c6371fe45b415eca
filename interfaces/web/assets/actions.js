// Clicks and keys inside a result become one Gradio event that carries what was chosen.
const act = (node) => {
  if (node.dataset.act === "copy") {
    navigator.clipboard.writeText(node.dataset.text).then(() => {
      const label = node.textContent;
      node.textContent = "已复制";
      setTimeout(() => { node.textContent = label; }, 1500);
    });
    return;
  }
  trigger("click", { ...node.dataset });
};
element.addEventListener("click", (event) => {
  if (event.target.closest("summary")) return;
  const node = event.target.closest("[data-act]");
  if (!node) return;
  event.preventDefault();
  event.stopPropagation();
  act(node);
});
element.addEventListener("keydown", (event) => {
  const hit = event.target.closest(".pk-hit");
  if (!hit || event.target !== hit) return;
  if (event.key === "Enter") { event.preventDefault(); act(hit); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const hits = [...element.querySelectorAll(".pk-hit")];
  const next = hits[hits.indexOf(hit) + step];
  if (next) next.focus();
});
