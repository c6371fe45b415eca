// Clicks and keys inside a result become one Gradio event that carries what was chosen.
let focused = "";
const act = (node) => {
  if (["copy", "link"].includes(node.dataset.act)) { pkCopy(node); return; }
  const hit = node.closest(".pk-hit");
  focused = hit ? hit.dataset.hit || "" : "";
  trigger("click", { ...node.dataset });
};
element.addEventListener("click", (event) => {
  const node = event.target.closest("[data-act]");
  if (!node) return;
  // What is folded inside a hit belongs to itself: opening it doesn't open the hit.
  const fold = event.target.closest("details, summary");
  if (fold && node.contains(fold)) return;
  // Words that were just selected for copying by hand stay selected.
  if (node.matches(".pk-hit, .pk-further") && String(window.getSelection())) return;
  event.preventDefault();
  event.stopPropagation();
  act(node);
});
const hits = () => [...element.querySelectorAll(".pk-hit")];
const question = () => {
  const tab = element.closest("[role=tabpanel]");
  return tab && tab.querySelector(".pk-question textarea, .pk-question input");
};
element.addEventListener("keydown", (event) => {
  const node = event.target.closest("[data-act]");
  if (!node || event.target !== node || event.isComposing) return;
  const isHit = node.matches(".pk-hit");
  if (event.key === "Enter" && !node.matches("button, a") || (isHit && event.key === "o")) {
    event.preventDefault();
    act(node);
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !isHit) return;
  event.preventDefault();
  const all = hits();
  const next = all[all.indexOf(node) + step] || (step < 0 && question());
  if (next) next.focus();
});
// From the question box the down key goes to the first hit.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || event.isComposing || !element.isConnected) return;
  const first = hits()[0];
  if (first && event.target === question()) { event.preventDefault(); first.focus(); }
});
// A result that is shown anew keeps the place; on a narrow window the facets start folded.
const settle = () => {
  const facets = element.querySelector(".pk-facets");
  if (facets && window.innerWidth < 700 && !focused) facets.open = false;
  const hit = focused && element.querySelector(`[data-hit="${focused}"]`);
  if (hit) hit.focus({ preventScroll: true });
  focused = "";
};
watch("value", () => requestAnimationFrame(settle));
requestAnimationFrame(settle);
