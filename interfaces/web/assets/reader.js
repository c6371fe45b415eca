// Bring the quote into view whenever another place is opened.
const show = () => {
  const box = element.querySelector(".pk-text");
  const here = element.querySelector(".pk-here");
  // Where the panel stands below the result (a narrow window), the page goes there too.
  const place = element.getBoundingClientRect();
  if (here && place.top > window.innerHeight * 0.8) element.scrollIntoView({ block: "start" });
  if (box && here) box.scrollTop = here.offsetTop - box.offsetTop - box.clientHeight / 3;
};
watch("value", () => requestAnimationFrame(show));
requestAnimationFrame(show);
