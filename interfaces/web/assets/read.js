// In the text, outline and numbers mark their words at once; on a page the server finds the place.
const clear = () => {
  for (const mark of element.querySelectorAll("mark.pk-here")) {
    const parent = mark.parentNode;
    while (mark.firstChild) parent.insertBefore(mark.firstChild, mark);
    mark.remove();
    parent.normalize();
  }
};
// Offsets count characters as Python does, not UTF-16 units.
const units = (points, count) => points.slice(0, count).join("").length;
const mark = (start, end) => {
  clear();
  for (const piece of element.querySelectorAll("[data-at]")) {
    const at = Number(piece.dataset.at);
    if (at >= end || at + piece.textContent.length <= start) continue;
    const points = Array.from(piece.textContent);
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, points.length);
    if (from >= to || !piece.firstChild) continue;
    const range = document.createRange();
    range.setStart(piece.firstChild, units(points, from));
    range.setEnd(piece.firstChild, units(points, to));
    const here = document.createElement("mark");
    here.className = "pk-here";
    range.surroundContents(here);
  }
};
const show = () => {
  const here = element.querySelector(".pk-here");
  const box = element.querySelector(".pk-text, .pk-sheet");
  if (!here || !box) return;
  const gap = here.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += gap - box.clientHeight / 3;
  const place = box.getBoundingClientRect();
  if (place.top > window.innerHeight * 0.8 || place.bottom < 80) box.scrollIntoView({ block: "start" });
};
const act = (node) => {
  if (node.dataset.act === "link") { pkCopy(node); return; }
  if (node.dataset.act === "jump" && element.querySelector(".pk-text")) {
    mark(Number(node.dataset.start), Number(node.dataset.end));
    show();
    return;
  }
  trigger("click", { ...node.dataset });
};
element.addEventListener("click", (event) => {
  const node = event.target.closest("[data-act]");
  if (!node || node.disabled) return;
  event.preventDefault();
  act(node);
});
element.addEventListener("keydown", (event) => {
  const node = event.target.closest("[data-act]");
  if (event.key === "Enter" && node && event.target === node && !node.matches("button")) act(node);
});
const fold = () => {
  if (window.innerWidth < 1000) for (const side of element.querySelectorAll(".pk-left, .pk-right")) side.open = false;
};
// The right column's place is kept while pages are turned.
watch("value", () => requestAnimationFrame(() => { fold(); show(); }));
requestAnimationFrame(() => { fold(); show(); });
