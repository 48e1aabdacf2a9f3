"use strict";
// What the graph says, in words. Text from articles only ever becomes text: nothing here writes HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const $ = (id) => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const spaced = (word) => word.toLowerCase().replaceAll("_", " ");
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const MANY = { Company: "companies", Person: "people" };
const plural = (label, count) => `${count.toLocaleString("en")} ${count === 1 ? label.toLowerCase() : MANY[label] || `${label.toLowerCase()}s`}`;

const SCALES = [[1e12, "trillion", "T"], [1e9, "billion", "B"], [1e6, "million", "M"], [1, "", ""]];

function money(value, currency) {
  const style = { minimumFractionDigits: 0, maximumFractionDigits: 2 };
  try {
    return new Intl.NumberFormat("en", { ...style, style: "currency", currency }).format(value);
  } catch {
    return `${currency || ""} ${new Intl.NumberFormat("en", style).format(value)}`.trim();
  }
}

function amount(value, currency, brief = false) {
  if (value === undefined || value === null) return "";
  const [scale, word, letter] = SCALES.find(([scale]) => Math.abs(value) >= scale) || SCALES[3];
  return money(value / scale, currency) + (brief ? letter : word && ` ${word}`);
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function day(date) {
  const [year, month, of] = String(date || "").slice(0, 10).split("-");
  return [of && Number(of), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

const when = (deal) => deal.completed_on || deal.announced_on || "";
const name = (node) => node.name || spaced(node.kind || node.label);
const safe = (url) => (/^https?:\/\//i.test(url || "") ? url : null);

function swatch(node) {
  return element("i", { class: `swatch ${node.label} ${node.status || ""}`, "aria-hidden": "true" });
}
