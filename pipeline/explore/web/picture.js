// The picture: places are computed ahead, Cytoscape.js draws.
const GETS = new Set(["buyer", "investor", "licensee", "customer"]);
const GIVES = new Set(["seller", "licensor", "supplier"]);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function pill(deal) {
  const facts = [amount(deal.amount, deal.currency, true), when(deal).slice(0, 4)].filter(Boolean).join(" · ");
  return [capital(spaced(deal.kind || "deal")), facts].filter(Boolean).join("\n");
}

function drawn(node) {
  const deal = node.label === "Deal";
  const text = deal ? pill(node) : name(node);
  const longest = Math.max(...text.split("\n").map((line) => line.length));
  const size = 16 + 5 * Math.sqrt(node.degree);
  const font = deal ? 10 : Math.min(11 + 1.6 * Math.sqrt(node.degree), 24);
  const box = deal ? { w: 16 + 5.6 * longest, h: text.includes("\n") ? 32 : 20 } : { w: size, h: size };
  return { group: "nodes", data: { id: node.id, text, font, ...box }, position: { x: node.x, y: node.y }, classes: [node.label, node.status || "", node.kind || ""] };
}

function line(edge, index) {
  const role = edge.role;
  const classes = role ? ["party", GETS.has(role) ? "gets" : GIVES.has(role) ? "gives" : ""] : ["fact", data.vocabulary.symmetric.includes(edge.type) ? "symmetric" : ""];
  return { group: "edges", data: { id: `e${index}`, source: edge.source, target: edge.target, text: spaced(role || edge.type), type: edge.type, index }, classes };
}

function colour(word) {
  $("probe").style.color = `var(--${word})`;
  return getComputedStyle($("probe")).color;
}

function looks() {
  const ink = colour("ink"), paper = colour("paper"), accent = colour("accent"), plain = colour("line");
  const font = getComputedStyle(document.body).fontFamily;
  const fill = (label, shape) => ({ selector: `.${label}`, style: { "background-color": colour(label.toLowerCase()), shape } });
  return [
    { selector: "node", style: { label: "data(text)", width: "data(w)", height: "data(h)", color: ink, "font-family": font, "font-size": "data(font)", "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": 116, "text-outline-color": paper, "text-outline-width": 2, "min-zoomed-font-size": 5, "overlay-opacity": 0 } },
    fill("Company", "ellipse"), fill("Product", "hexagon"), fill("Asset", "round-rectangle"), fill("Organization", "diamond"), fill("Person", "ellipse"),
    { selector: ".Deal", style: { shape: "round-rectangle", "background-color": colour("deal"), "border-color": colour("deal-rim"), "border-width": 1.5, "text-valign": "center", "text-margin-y": 0, "text-outline-width": 0, "text-max-width": 220, "line-height": 1.15 } },
    { selector: ".announced", style: { "border-style": "dashed" } },
    { selector: ".rumored", style: { "border-style": "dotted" } },
    { selector: ".terminated", style: { "border-style": "dashed", "border-color": colour("terminated"), color: colour("terminated") } },
    { selector: "edge", style: { width: 1.3, "line-color": plain, "curve-style": "bezier", "target-arrow-color": plain, "source-arrow-color": plain, "arrow-scale": 0.9, "font-family": font, "font-size": 9.5, "text-rotation": "autorotate", color: ink, "text-background-color": paper, "text-background-opacity": 0.9, "text-background-padding": 2, "text-background-shape": "roundrectangle", "overlay-opacity": 0 } },
    { selector: ".gets", style: { "source-arrow-shape": "triangle" } },
    { selector: ".gives", style: { "target-arrow-shape": "triangle" } },
    { selector: ".fact", style: { "line-color": colour("fact"), "line-style": "dashed", "line-dash-pattern": [5, 4], "target-arrow-color": colour("fact"), "target-arrow-shape": "vee", width: 1.1 } },
    { selector: ".symmetric", style: { "target-arrow-shape": "none" } },
    { selector: ".hub", style: { "z-index": 5 } },
    { selector: ".far", style: { opacity: 0.13 } },
    { selector: "edge.near", style: { width: 2.2, "z-index": 9 } },
    { selector: "edge.told", style: { label: "data(text)" } },
    { selector: "node.near", style: { "z-index": 10 } },
    { selector: "node.chosen", style: { "border-width": 3, "border-style": "solid", "border-color": accent, "z-index": 11 } },
    { selector: "edge.chosen", style: { "line-color": accent, "target-arrow-color": accent, "source-arrow-color": accent, label: "data(text)", width: 3 } },
    { selector: ".off", style: { display: "none" } },
  ];
}

const cy = cytoscape({
  container: $("picture"),
  elements: [...data.nodes.map(drawn), ...data.edges.map(line)],
  layout: { name: "preset" },
  style: looks(),
  minZoom: 0.05,
  maxZoom: 3,
  boxSelectionEnabled: false,
  autoungrabify: false,
});

function mark(chosen) {
  cy.batch(() => {
    cy.elements().removeClass("far near told chosen");
    if (!chosen || chosen.empty()) return;
    // A deal lies between its parties, so a company's surroundings reach through its deals.
    const deals = chosen.neighborhood(".Deal").union(chosen.filter(".Deal"));
    const near = chosen.closedNeighborhood().union(deals.closedNeighborhood()).union(chosen.connectedNodes());
    cy.elements().not(near).addClass("far");
    near.addClass("near");
    chosen.connectedEdges().addClass("told");
    chosen.addClass("chosen");
  });
}

function move(view) {
  cy.stop();
  cy.animate(view, { duration: calm.matches ? 0 : 260, easing: "ease-out" });
}

const whole = () => cy.elements().not(".off");
const fit = () => move({ fit: { eles: whole(), padding: 40 } });
const zoom = (factor) => move({ zoom: { level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } } });

function approach() {
  const near = cy.elements(".near").not(".off");
  const box = near.boundingBox();
  const level = 0.82 * Math.min(cy.width() / box.w, cy.height() / box.h);
  move({ zoom: Math.min(Math.max(level, 0.3), 1.4), center: { eles: near } });
}

// From afar only the best connected keep a readable name.
const hubs = cy.nodes().not(".Deal").sort((a, b) => b.degree() - a.degree()).slice(0, Math.min(24, Math.ceil(data.nodes.length / 12)));
hubs.addClass("hub");
function nameHubs() {
  const least = 11 / cy.zoom();
  cy.batch(() => hubs.forEach((hub) => hub.style({ "font-size": Math.max(hub.data("font"), least), "text-max-width": Math.max(116, 10 * least) })));
}
cy.on("zoom", nameHubs);
