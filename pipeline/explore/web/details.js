// The panel beside the picture: what a deal, a company or a line says, and the sentences that state it.
function go(node, told) {
  return element("li", {}, element("button", { type: "button", class: "go", onclick: () => choose(node.id, true) }, swatch(node), element("span", { class: "name" }, name(node)), element("small", {}, told || "")));
}

const links = (items) => (items.length ? element("ul", { class: "links" }, ...items) : null);
const section = (title, ...content) => (content.some(Boolean) ? [element("h3", {}, title), ...content] : []);

function source(id) {
  const article = data.articles[id] || {};
  const title = article.title || article.url || "an article";
  const url = safe(article.url);
  const told = [article.publisher, day(article.published_at)].filter(Boolean).join(", ");
  return [url ? element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title, told && ` · ${told}`];
}

function quote(said, facts) {
  return element("blockquote", {}, element("p", {}, said.sentence || ""), element("footer", {}, ...source(said.article), facts && element("div", {}, facts)));
}

function facts(pairs) {
  const rows = pairs.filter(([, value]) => value).flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, String(value))]);
  return rows.length ? element("dl", {}, ...rows) : null;
}

function ofDeal(deal) {
  const order = data.vocabulary.roles[deal.kind] || [];
  const parties = data.edges.filter((edge) => edge.role && edge.target === deal.id);
  parties.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const reports = data.reports[deal.id] || [];
  return [
    element("p", { class: "what" }, capital(spaced(deal.kind || "deal")), deal.status && `, ${deal.status}`),
    facts([["Announced", day(deal.announced_on)], ["Completed", day(deal.completed_on)], ["Amount", amount(deal.amount, deal.currency)], ["Stake", deal.stake_percent && `${deal.stake_percent}%`], ["Confidence", deal.confidence && `${Math.floor(100 * deal.confidence)}%`]]),
    ...section("Parties", links(parties.map((edge) => go(byId.get(edge.source), edge.role)))),
    ...section(reports.length === 1 ? "Told once" : `Told ${reports.length} times`, ...reports.map((said) => quote(said, ["status", "amount", "date"].map((key) => (key === "amount" ? amount(said.amount, said.currency) : key === "date" ? day(said.date) : said[key])).filter(Boolean).join(" · ")))),
  ];
}

function ofParty(node) {
  const mine = data.edges.filter((edge) => edge.source === node.id || edge.target === node.id);
  const deals = mine.filter((edge) => edge.role).map((edge) => [byId.get(edge.target), edge.role]);
  const roles = new Map();
  for (const [deal, role] of deals) roles.set(deal, [...(roles.get(deal) || []), role]);
  const sorted = [...roles].sort(([a], [b]) => when(b).localeCompare(when(a)));
  const standing = mine.filter((edge) => !edge.role).map((edge) => {
    const other = byId.get(edge.source === node.id ? edge.target : edge.source);
    return element("li", {}, element("button", { type: "button", class: "go", onclick: () => chooseLine(edge) }, swatch(other), element("span", { class: "name" }, statement(edge))));
  });
  const articles = data.mentions[node.id] || [];
  return [
    element("p", { class: "what" }, node.label, node.ticker && ` · ${node.ticker}`, node.country && ` · ${node.country}`),
    facts([["Also called", (node.aliases || []).filter((alias) => alias !== node.name).join(", ")]]),
    ...section("Deals", links(sorted.map(([deal, parts]) => go(deal, [parts.join(", "), when(deal).slice(0, 4)].filter(Boolean).join(" · "))))),
    ...section("Standing facts", links(standing)),
    ...section("Named in", links(articles.map((id) => element("li", {}, element("div", { class: "go" }, element("span", {}, ...source(id).filter(Boolean))))))),
  ];
}

const statement = (edge) => `${name(byId.get(edge.source))} ${FACTS[edge.type] || spaced(edge.type)} ${name(byId.get(edge.target))}`;
const FACTS = { SUBSIDIARY_OF: "is a subsidiary of", SHAREHOLDER_OF: "is a shareholder of", PRODUCES: "makes", COMPETES_WITH: "competes with" };

function ofLine(edge) {
  return [
    element("h2", {}, statement(edge)),
    element("p", { class: "what" }, data.vocabulary.lines[edge.type] || ""),
    facts([["From", day(edge.valid_from)], ["To", day(edge.valid_to)]]),
    ...edge.said.map((said) => quote(said)),
    links([go(byId.get(edge.source)), go(byId.get(edge.target))]),
  ];
}

function ofAll() {
  const deals = data.nodes.filter((node) => node.label === "Deal" && !cy.getElementById(node.id).hasClass("off"));
  deals.sort((a, b) => when(b).localeCompare(when(a)) || name(a).localeCompare(name(b)));
  return [
    element("h2", {}, plural("Deal", deals.length)),
    element("p", { class: "what" }, "Newest first. Choose one, here or in the picture, to read the sentences that tell of it."),
    links(deals.map((deal) => go(deal, [amount(deal.amount, deal.currency, true), when(deal).slice(0, 4)].filter(Boolean).join(" · ")))),
  ];
}

function show(...content) {
  const kept = content.filter(Boolean);
  const reading = $("details").contains(document.activeElement);
  $("details").replaceChildren(...kept);
  // The button that was pressed is gone: who reads with the keyboard goes on at the top.
  if (reading) $("details").focus();
  $("details").scrollTop = 0;
}
