// The search box: names and aliases, without regard to case and accents; arrows and Enter choose.
const MOST_FOUND = 12;
const NONE = 99;
const plainly = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const known = data.nodes.map((node) => ({ node, forms: [name(node), ...(node.aliases || [])].map(plainly) }));
let current = -1;

function rank({ node, forms }, wanted) {
  const fits = (form) => (form === wanted ? 0 : form.startsWith(wanted) ? 3 : form.includes(` ${wanted}`) ? 6 : form.includes(wanted) ? 9 : NONE);
  // The name itself before another form of it, a company before the deals that bear its name.
  const best = Math.min(...forms.map((form, index) => fits(form) + (index ? 1 : 0)));
  return best + (node.label === "Deal" ? 2 : 0);
}

function find(text) {
  const wanted = plainly(text.trim());
  if (!wanted) return [];
  const ranked = known.map((entry) => [rank(entry, wanted), entry.node]).filter(([score]) => score < NONE);
  return ranked.sort(([a, x], [b, y]) => a - b || y.degree - x.degree).slice(0, MOST_FOUND).map(([, node]) => node);
}

function offer() {
  const found = find($("search").value);
  current = found.length ? 0 : -1;
  $("found").replaceChildren(...found.map((node, index) => element("li", { id: `f${index}`, role: "option", "data-node": node.id, onclick: () => take(node.id) }, swatch(node), element("span", {}, name(node)), element("small", {}, node.label === "Deal" ? when(node).slice(0, 4) : node.label))));
  if (!found.length && $("search").value.trim()) $("found").append(element("li", { role: "option", "aria-disabled": "true" }, "Nothing by that name in this picture"));
  $("found").hidden = !$("search").value.trim();
  point();
}

function point() {
  const shown = [...$("found").children];
  shown.forEach((item, index) => item.setAttribute("aria-selected", String(index === current)));
  $("search").setAttribute("aria-expanded", String(!$("found").hidden));
  if (current < 0) $("search").removeAttribute("aria-activedescendant");
  else {
    $("search").setAttribute("aria-activedescendant", `f${current}`);
    shown[current].scrollIntoView({ block: "nearest" });
  }
}

function close() {
  $("found").hidden = true;
  current = -1;
  point();
}

function take(id) {
  close();
  $("search").value = "";
  choose(id, true);
  $("details").focus();
}

$("search").addEventListener("input", offer);
$("search").addEventListener("focus", offer);
$("search").addEventListener("blur", () => setTimeout(close, 150));
$("search").addEventListener("keydown", (event) => {
  const many = $("found").querySelectorAll("[data-node]").length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (many) current = (current + (event.key === "ArrowDown" ? 1 : many - 1)) % many;
    point();
  } else if (event.key === "Enter" && current >= 0) take($("found").children[current].dataset.node);
  else if (event.key === "Escape") {
    if ($("search").value) event.stopPropagation();
    $("search").value = "";
    close();
  }
});
