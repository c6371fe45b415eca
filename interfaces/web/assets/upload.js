// Files and whole folders, dropped or chosen; each is sent by itself, and the page tells the server when all are there.
const box = element.querySelector(".pk-drop");
const list = element.querySelector(".pk-sending");
const input = element.querySelector("input[type=file]");
const folder = document.createElement("input");
folder.type = "file";
folder.webkitdirectory = true;
let busy = false;

const entries = async (item) => {
  if (item.isFile) return [[await new Promise((done, fail) => item.file(done, fail)), item.fullPath.replace(/^\//, "")]];
  const reader = item.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    for (const one of some) found.push(...(await entries(one)));
  }
  return found;
};
const line = (name) => {
  const row = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = name;
  const state = document.createElement("b");
  state.textContent = "等待";
  row.append(label, state);
  list.append(row);
  return state;
};
const send = async (files) => {
  if (!files.length || busy) return;
  busy = true;
  box.classList.add("pk-busy");
  list.replaceChildren();
  const jobs = files.map(([file, name]) => ({ file, name, state: line(name) }));
  const sent = [];
  const lost = [];
  const next = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      job.state.textContent = "上传中…";
      try {
        const { path } = await upload(job.file);
        sent.push({ path, name: job.name });
        job.state.textContent = "已上传";
      } catch (error) {
        lost.push(job.name);
        job.state.textContent = "没有传上来，请重试";
        job.state.className = "pk-status";
      }
    }
  };
  await Promise.all([next(), next(), next()]);
  busy = false;
  box.classList.remove("pk-busy");
  if (!lost.length) list.replaceChildren();
  trigger("upload", { files: sent, lost });
};
element.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("pk-over"); });
element.addEventListener("dragleave", () => box.classList.remove("pk-over"));
element.addEventListener("drop", async (event) => {
  event.preventDefault();
  box.classList.remove("pk-over");
  const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!items.length) { send([...event.dataTransfer.files].map((file) => [file, file.name])); return; }
  send((await Promise.all(items.map(entries))).flat());
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]");
  if (!button) return;
  event.preventDefault();
  (button.dataset.choose === "folder" ? folder : input).click();
});
input.addEventListener("change", () => { send([...input.files].map((file) => [file, file.name])); input.value = ""; });
folder.addEventListener("change", () => {
  send([...folder.files].map((file) => [file, file.webkitRelativePath || file.name]));
  folder.value = "";
});
