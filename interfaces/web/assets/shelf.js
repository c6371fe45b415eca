// The list of documents: a click opens one, boxes choose several; what is chosen stays while pages are turned.
const mine = element.closest(".block").id;
const kept = () => document.querySelector(`#${mine}-picked textarea, #${mine}-picked input`);
const picked = () => new Set((kept()?.value || "").split(",").filter(Boolean));
const keep = (ids) => {
  const target = kept();
  if (!target) return;
  target.value = [...ids].join(",");
  target.dispatchEvent(new Event("input", { bubbles: true }));
  show();
};
const show = () => {
  const ids = picked();
  for (const box of element.querySelectorAll("input[data-pick]")) box.checked = ids.has(box.dataset.pick);
  const all = element.querySelector("input[data-all]");
  const boxes = [...element.querySelectorAll("input[data-pick]")];
  if (all) all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
  const said = element.querySelector(".pk-picked");
  if (said) said.textContent = ids.size ? `已选 ${ids.size} 篇` : "";
  const none = element.querySelector("[data-none]");
  if (none) none.hidden = !ids.size;
};
element.addEventListener("change", (event) => {
  const box = event.target;
  const ids = picked();
  const boxes = box.matches("[data-all]") ? [...element.querySelectorAll("input[data-pick]")] : box.matches("[data-pick]") ? [box] : [];
  for (const one of boxes) { if (box.checked) ids.add(one.dataset.pick); else ids.delete(one.dataset.pick); }
  if (boxes.length) keep(ids);
});
element.addEventListener("click", (event) => {
  if (event.target.closest("input, label.pk-tick")) return;
  if (event.target.closest("[data-none]")) { keep(new Set()); return; }
  const node = event.target.closest("[data-act]");
  if (!node) return;
  for (const row of element.querySelectorAll(".pk-current")) row.classList.remove("pk-current");
  const row = node.closest("[role=row]");
  if (row) row.classList.add("pk-current");
  trigger("click", { ...node.dataset });
});
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[role=row]")) return;
  event.preventDefault();
  event.target.click();
});
watch("value", () => requestAnimationFrame(show));
