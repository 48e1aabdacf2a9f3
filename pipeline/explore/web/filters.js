// What is shown: kinds and states of deals, labels of parties, standing facts.
const count = (items, key) => items.reduce((counts, item) => counts.set(item[key], (counts.get(item[key]) || 0) + 1), new Map());

function boxes(field, words, counts, sample) {
  for (const word of words.filter((word) => counts.get(word))) {
    const box = element("input", { type: "checkbox", name: field, value: word, checked: "" });
    $(field).append(element("label", {}, box, sample ? swatch(sample(word)) : "", capital(spaced(word)), element("small", {}, String(counts.get(word)))));
  }
  $(field).hidden = !$(field).querySelector("input");
}

const deals = data.nodes.filter((node) => node.label === "Deal");
boxes("kinds", data.vocabulary.kinds, count(deals, "kind"));
boxes("statuses", data.vocabulary.statuses, count(deals, "status"), (status) => ({ label: "Deal", status }));
boxes("labels", Object.keys(data.vocabulary.labels).filter((label) => label !== "Deal"), count(data.nodes, "label"), (label) => ({ label }));
boxes("lines", Object.keys(data.vocabulary.lines), count(data.edges, "type"));

const isOff = (field, word) => Boolean($(field).querySelector(`input[value="${CSS.escape(word || "")}"]:not(:checked)`));

const unwanted = (node) => (node.label === "Deal" ? isOff("kinds", node.kind) || isOff("statuses", node.status) : isOff("labels", node.label));

function applyFilters() {
  const out = new Set(data.nodes.filter(unwanted).map((node) => node.id));
  const lines = data.edges.map((edge) => !out.has(edge.source) && !out.has(edge.target) && (edge.role || !isOff("lines", edge.type)));
  const joined = new Set(data.edges.filter((edge, index) => lines[index]).flatMap((edge) => [edge.source, edge.target]));
  cy.batch(() => {
    // Whoever has lost every line would only stand about; a deal is worth showing alone.
    cy.nodes().forEach((node) => node.toggleClass("off", out.has(node.id()) || !(joined.has(node.id()) || node.hasClass("Deal"))));
    cy.edges().forEach((edge) => edge.toggleClass("off", !lines[edge.data("index")]));
  });
  tally();
}

function tally() {
  const shown = cy.nodes().not(".off");
  const told = Object.keys(data.vocabulary.labels).map((label) => [label, shown.filter(`.${label}`).length]).filter(([, many]) => many);
  told.sort(([a], [b]) => (a === "Deal" ? -1 : b === "Deal" ? 1 : 0));
  $("count").textContent = told.map(([label, many]) => plural(label, many)).join(", ");
}

function leftOut() {
  const parts = Object.entries(data.left_out).map(([label, many]) => plural(label, many));
  if (!parts.length) return "";
  const total = Object.values(data.left_out).reduce((sum, many) => sum + many, 0);
  const lonely = data.unconnected === total ? "They take part in no deal or standing fact." : `${data.unconnected.toLocaleString("en")} of them take part in no deal or standing fact; of the others the most reported are drawn.`;
  return `Not drawn: ${parts.join(", ")}. ${data.unconnected ? lonely : "The most reported are drawn."}`;
}

$("left-out").textContent = leftOut();
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("change", () => {
  applyFilters();
  if (!chosenId) show(...ofAll());
});
$("everything").addEventListener("click", () => {
  for (const box of $("filters").querySelectorAll("input")) box.checked = true;
  applyFilters();
  if (!chosenId) show(...ofAll());
});
