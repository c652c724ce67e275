// Ranked areas as the page shows them, from whatever of their fields the result carries.

import { PLACES } from "./berlin.js";
import { money } from "./words.js";

const NEAR = 1.12; // up to this much over a limit "just misses"

/** One area with id, name, rent, minutes, fit ("fits", "near" or "far") and, where known, lat and lon. */
function normal(area, rank, input) {
  const rent = Number(area.rent);
  const minutes = Number(area.minutes);
  const place = PLACES[area.name] ?? [];
  return {
    id: String(area.id ?? area.name), name: String(area.name ?? area.id), rank, rent, minutes,
    fit: fitOf(area, rent / input.budget, minutes / input.max_commute),
    miss: missText(area), route: typeof area.route === "string" ? area.route : "",
    lat: Number(area.lat ?? place[0]), lon: Number(area.lon ?? place[1]),
  };
}

function fitOf(area, rentShare, minutesShare) {
  const fits = area.fits ?? (rentShare <= 1 && minutesShare <= 1);
  if (fits) return "fits";
  return rentShare <= NEAR && minutesShare <= NEAR ? "near" : "far";
}

/** By how much an area misses what was asked, in a few words; empty when the result does not say. */
function missText(area) {
  const rent = area.over_budget > 0 ? money(area.over_budget) : "";
  const minutes = area.over_minutes > 0 ? `${Math.round(area.over_minutes)} min` : "";
  return rent || minutes ? `${[rent, minutes].filter(Boolean).join(" and ")} over` : "";
}

/** The areas of a task's result in the order they were ranked. */
export function areasOf(result, input) {
  const list = Array.isArray(result?.areas) ? result.areas : [];
  return list.map((area, index) => normal(area, index + 1, input))
    .filter((area) => Number.isFinite(area.rent) && Number.isFinite(area.minutes));
}

/** Neighbourhoods the ranking does not hold, as points for the map. */
export function othersThan(areas) {
  const ranked = new Set(areas.map((area) => area.name));
  return placesExcept(ranked, "other");
}

/** All neighbourhoods while nothing is known of them yet. */
export const waitingAreas = () => placesExcept(new Set(), "waiting");

function placesExcept(names, fit) {
  return Object.entries(PLACES).filter(([name]) => !names.has(name))
    .map(([name, [lat, lon]]) => ({ id: name, name, lat, lon, fit }));
}

/** The office as a point with a name, or null when the result does not say where it is. */
export function officeOf(result, input) {
  const lat = Number(result?.lat);
  const lon = Number(result?.lon);
  if (!Number.isFinite(lat) || !Number.isFinite(lon)) return null;
  return { name: String(result.office ?? input.office), lat, lon };
}

const ORDER = {
  match: (a, b) => a.rank - b.rank,
  rent: (a, b) => a.rent - b.rent || a.rank - b.rank,
  minutes: (a, b) => a.minutes - b.minutes || a.rank - b.rank,
};

export const sorted = (areas, by) => [...areas].sort(ORDER[by]);
