// The picture: Berlin with its river, ring and woods, a dot per neighbourhood, the office as a briefcase.
// Drawn in real pixels and again on every change of size, so that text stays readable on a phone.

import { CANAL, GREEN, LAKES, OUTLINE, RING, WATER } from "./berlin.js";
import { s, setVar } from "./dom.js";
import { overlap, placeLabels } from "./labels.js";
import { money } from "./words.js";

const STRETCH = 1 / Math.cos((52.5 * Math.PI) / 180); // a degree of latitude is this much longer than one of longitude
const LEAST = { south: 52.44, north: 52.585, west: 13.24, east: 13.55 };

/**
 * A map inside `host`. `labels` says how many of the best areas are named on it.
 * - show({areas, office, budget, title, animate}): draws them
 * - highlight(id | null): lifts one dot out and names it
 * - onHover(id | null), onPick(id): the pointer on dots
 */
export function createMap(host, { labels = 5, onHover = () => {}, onPick = () => {} } = {}) {
  let scene = { areas: [], office: null, budget: 0, title: "Map of Berlin" };
  let lit = null;
  let dots = new Map();
  let project = null;
  let top = null;

  function draw(animate) {
    const width = host.clientWidth;
    const height = host.clientHeight;
    if (!width || !height) return;
    project = projection(scene, width, height);
    const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": scene.title });
    svg.append(ground(project));
    dots = new Map();
    const layer = s("g", { class: animate ? "dots dots-new" : "dots" });
    for (const area of [...scene.areas].reverse()) layer.append(dot(area));
    svg.append(layer);
    if (scene.office) svg.append(officeMark(scene.office, project));
    svg.append(names(width, height));
    top = s("g", { class: "top-layer" });
    svg.append(top);
    host.replaceChildren(svg);
    if (lit) light(lit);
  }

  function dot(area) {
    const [x, y] = project(area.lat, area.lon);
    const isNamed = area.rank <= labels;
    const size = radius(area, scene.budget) * Math.max(0.6, Math.min(1, host.clientWidth / 560));
    const r = isNamed ? Math.max(8.5, size) : size;
    const group = s("g", { class: `dot dot-${area.fit}`, "data-area": area.id },
      s("circle", { class: "dot-reach", cx: x, cy: y, r: Math.max(r, 14) }),
      s("circle", { class: "dot-body", cx: x, cy: y, r }));
    if (isNamed) group.append(s("text", { class: "dot-rank", x, y: y + 4 }, String(area.rank)));
    setVar(group, "--order", area.rank ?? 0);
    group.addEventListener("pointerenter", () => onHover(area.id));
    group.addEventListener("pointerleave", () => onHover(null));
    group.addEventListener("click", () => onPick(area.id));
    dots.set(area.id, { group, area, x, y, r });
    return group;
  }

  function names(width, height) {
    const wanted = scene.areas.filter((area) => area.rank <= labels).map((area) => dots.get(area.id));
    const taken = [...dots.values()].map(({ x, y, r }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r }));
    if (scene.office) {
      const [x, y] = project(scene.office.lat, scene.office.lon);
      taken.push({ x: x - 12, y: y - 12, w: 24, h: 24 });
    }
    const layer = s("g", { class: "names" });
    for (const label of placeLabels(wanted, taken, width, height)) {
      layer.append(s("text", { class: "name", x: label.x, y: label.y, "data-name": label.id }, label.text));
    }
    return layer;
  }

  function light(id) {
    for (const [each, { group }] of dots) group.classList.toggle("lit", each === id);
    top.replaceChildren();
    const found = dots.get(id);
    if (found && Number.isFinite(found.area.rent)) top.append(tag(found, host.clientWidth));
    const cover = boxOf(top.getBBox());
    for (const name of host.querySelectorAll(".name")) {
      name.classList.toggle("under-tag", name.dataset.name === id || overlap(boxOf(name.getBBox()), cover));
    }
  }

  new ResizeObserver(() => draw(false)).observe(host);

  return {
    show(next) {
      const areas = next.areas.filter((area) => Number.isFinite(area.lat) && Number.isFinite(area.lon));
      scene = { ...scene, ...next, areas };
      draw(next.animate ?? false);
    },
    highlight(id) {
      lit = id;
      if (top) light(id);
    },
    /** Marks a dot while the report is being made; `look` is a class: "looking", "seen" or "left". */
    mark(id, look) {
      const found = dots.get(id);
      if (!found) return;
      found.area.look = look;
      found.group.classList.remove("looking", "seen", "left");
      found.group.classList.add(look);
    },
  };
}

/** From latitude and longitude to pixels, so that everything shown (and at least the inner city) is in the picture. */
function projection({ areas, office }, width, height) {
  const main = areas.filter((area) => area.fit !== "other");
  const points = office ? [...main, office] : main;
  const south = Math.min(LEAST.south, ...points.map((p) => p.lat));
  const north = Math.max(LEAST.north, ...points.map((p) => p.lat));
  const west = Math.min(LEAST.west, ...points.map((p) => p.lon));
  const east = Math.max(LEAST.east, ...points.map((p) => p.lon));
  const margin = Math.min(36, width * 0.07);
  const scale = Math.min((width - 2 * margin) / (east - west), (height - 2 * margin) / ((north - south) * STRETCH));
  const left = (width - (east - west) * scale) / 2;
  const upper = (height - (north - south) * STRETCH * scale) / 2;
  const project = (lat, lon) => [left + (lon - west) * scale, upper + (north - lat) * STRETCH * scale];
  project.scale = scale;
  return project;
}

const boxOf = ({ x, y, width, height }) => ({ x, y, w: width, h: height });

/** More of the budget left over, bigger dot. */
function radius(area, budget) {
  if (!Number.isFinite(area.rent)) return area.fit === "other" ? 4 : 6;
  const left = Math.max(-0.4, Math.min(0.5, (budget - area.rent) / budget));
  return 6 + ((left + 0.4) / 0.9) * 9;
}

function ground(project) {
  const line = (points, isClosed) => smooth(points.map(([lat, lon]) => project(lat, lon)), isClosed);
  const blob = (name) => ([lat, lon, high, wide]) => {
    const [cx, cy] = project(lat, lon);
    return s("ellipse", { class: name, cx, cy, rx: wide * project.scale, ry: high * STRETCH * project.scale });
  };
  return s("g", { class: "ground" },
    s("path", { class: "land", d: line(OUTLINE, true) }),
    GREEN.map(blob("green")),
    LAKES.map(blob("lake")),
    WATER.map((points) => s("path", { class: "river", d: line(points) })),
    s("path", { class: "canal", d: line(CANAL) }),
    s("path", { class: "ring", d: line(RING, true) }));
}

/** A soft line through the points: curves from middle to middle, bent towards the point between. */
function smooth(points, isClosed) {
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  if (isClosed) {
    const curves = points.map((point, i) => `Q${at(point)} ${at(middle(point, points[(i + 1) % points.length]))}`);
    return `M${at(middle(points.at(-1), points[0]))}${curves.join("")}Z`;
  }
  const curves = points.slice(1, -1).map((point, i) => `Q${at(point)} ${at(middle(point, points[i + 2]))}`);
  return `M${at(points[0])}${curves.join("")}L${at(points.at(-1))}`;
}

function officeMark(office, project) {
  const [x, y] = project(office.lat, office.lon);
  return s("g", { class: "office", transform: `translate(${x} ${y})` },
    s("circle", { class: "office-halo", r: 22 }),
    s("rect", { class: "office-body", x: -11, y: -11, width: 22, height: 22, rx: 7 }),
    s("path", { class: "office-sign", d: "M-5.5 4.5v-8h11v8ZM-2-3.5v-2.5h4v2.5" }));
}

/** The name tag of the highlighted dot, kept inside the picture. */
function tag({ area, x, y, r }, width) {
  const second = `${money(area.rent)} · ${Math.round(area.minutes)} min`;
  const w = Math.max(area.name.length * 8, second.length * 7) + 28;
  const left = Math.max(4, Math.min(width - w - 4, x - w / 2));
  const upper = y - r - 56 > 4 ? y - r - 56 : y + r + 8;
  return s("g", { class: "tag" },
    s("rect", { x: left, y: upper, width: w, height: 48, rx: 12 }),
    s("text", { class: "tag-name", x: left + 14, y: upper + 20 }, area.name),
    s("text", { class: "tag-data", x: left + 14, y: upper + 37 }, second));
}
