// What is chosen, the keys, and the colours of day and night.
let chosenId = null;

function choose(id, near) {
  const node = byId.get(id);
  const drawn = cy.getElementById(id);
  if (drawn.hasClass("off")) $("everything").click();
  chosenId = id;
  mark(drawn);
  const inside = node.label === "Deal" ? ofDeal(node) : ofParty(node);
  show(back(), element("h2", {}, name(node)), ...inside);
  $("said").textContent = `${node.label} ${name(node)}`;
  if (near) approach();
}

function chooseLine(edge) {
  if (edge.role) return choose(edge.target, false);
  chosenId = `e${data.edges.indexOf(edge)}`;
  mark(cy.getElementById(chosenId));
  show(back(), ...ofLine(edge));
}

const back = () => element("button", { type: "button", class: "back", onclick: letGo }, "← All deals");

function letGo() {
  chosenId = null;
  mark(null);
  show(...ofAll());
}

cy.on("tap", "node", (event) => choose(event.target.id(), false));
cy.on("tap", "edge", (event) => chooseLine(data.edges[event.target.data("index")]));
cy.on("tap", (event) => event.target === cy && letGo());
cy.on("mouseover", "node, edge", () => ($("picture").style.cursor = "pointer"));
cy.on("mouseout", "node, edge", () => ($("picture").style.cursor = ""));

const STEP = 80;
const KEYS = {
  ArrowLeft: () => cy.panBy({ x: STEP, y: 0 }),
  ArrowRight: () => cy.panBy({ x: -STEP, y: 0 }),
  ArrowUp: () => cy.panBy({ x: 0, y: STEP }),
  ArrowDown: () => cy.panBy({ x: 0, y: -STEP }),
  "+": () => zoom(1.3),
  "=": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  0: fit,
};
$("picture").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") letGo();
  if (event.key === "/" && event.target.tagName !== "INPUT") {
    event.preventDefault();
    $("search").focus();
  }
});

$("nearer").addEventListener("click", () => zoom(1.3));
$("farther").addEventListener("click", () => zoom(1 / 1.3));
$("fit").addEventListener("click", fit);

const night = matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  cy.style(looks());
  nameHubs();
};
night.addEventListener("change", paint);
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : night.matches;
  root.dataset.theme = dark ? "light" : "dark";
  paint();
});

applyFilters();
cy.fit(whole(), 40);
nameHubs();
letGo();
document.documentElement.dataset.ready = "true";
