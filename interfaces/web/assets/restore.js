() => {
  // An address that names a page with something to work on: press the page's button once it is there.
  const wanted = new URLSearchParams(location.search);
  const go = { cases: "cases-go", table: "table-go", review: "review-go" }[wanted.get("tab")];
  if (!go || !(wanted.get("q") || wanted.get("doc"))) return;
  let left = 40;
  const press = () => {
    const button = document.getElementById(go);
    if (button && button.offsetParent) button.click();
    else if (left--) setTimeout(press, 150);
  };
  setTimeout(press, 300);
}
