// Small helpers to build and find elements. Text always goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; throws when the page and the code disagree. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** An HTML element with attributes and children (strings become text nodes; null and false are left out). */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
  return element;
}

/** Sets a custom property; the only way styles are set from code, as the page's policy forbids style attributes. */
export function setVar(element, name, value) {
  element.style.setProperty(name, String(value));
}

/** Writes text only when it differs, so that live regions are not read out again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
