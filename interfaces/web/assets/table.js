// A table that sorts in the page, and cells that open their sentence.
const sort = (button) => {
  const head = button.closest("th");
  const up = head.getAttribute("aria-sort") === "descending";
  for (const other of element.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const place = head.cellIndex;
  const body = element.querySelector("tbody");
  const key = (row) => row.cells[place].dataset.value;
  const rows = [...body.rows].sort((a, b) => {
    const [one, two] = [key(a), key(b)];
    // What is missing stays at the end, whichever way the rest is sorted.
    if (one === "" || two === "") return (one === "") - (two === "");
    const order = place === 0 ? one.localeCompare(two) : Number(one) - Number(two);
    return up ? order : -order;
  });
  body.append(...rows);
};
element.addEventListener("click", (event) => {
  const sorter = event.target.closest("[data-sort]");
  if (sorter) { event.preventDefault(); sort(sorter); return; }
  const node = event.target.closest("[data-act]");
  if (!node) return;
  event.preventDefault();
  trigger("click", { ...node.dataset });
});
