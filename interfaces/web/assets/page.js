// Before anything else: the page is Chinese, also in a browser that is not.
for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]]) {
  Object.defineProperty(navigator, name, { get: () => value, configurable: true });
}
(() => {
  // Copying works without a secure context too: offices open the page as http://192.168.….
  const put = (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise((done, failed) => {
      const box = document.createElement("textarea");
      box.value = text;
      box.style.position = "fixed";
      box.style.opacity = "0";
      document.body.append(box);
      box.select();
      const copied = document.execCommand("copy");
      box.remove();
      if (copied) done(); else failed();
    });
  };
  window.pkCopy = (node) => {
    const text = node.dataset.act === "link"
      ? `${location.origin}${location.pathname}${node.dataset.query}`
      : node.dataset.text;
    const label = node.dataset.label || node.textContent;
    node.dataset.label = label;
    const say = (words) => {
      node.textContent = words;
      setTimeout(() => { node.textContent = label; }, 1500);
    };
    put(text).then(() => say("已复制"), () => say("没能复制，请手动选取"));
  };
})();

// Labels of Gradio's that it has no translation for; a value's key as a hint helps nobody.
(() => {
  const words = { "Click to upload or drop files": "点击上传或把文件拖到这里" };
  const mend = (node) => {
    if (!(node instanceof Element)) return;
    const said = words[node.getAttribute("aria-label")];
    if (said) node.setAttribute("aria-label", said);
    if (/^[a-z_]+$/.test(node.getAttribute("title") || "")) node.removeAttribute("title");
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      mend(change.target);
      for (const node of change.addedNodes) {
        mend(node);
        if (node instanceof Element) node.querySelectorAll("[aria-label], [title]").forEach(mend);
      }
    }
  }).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "title"],
  });
})();
