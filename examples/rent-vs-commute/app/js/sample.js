// The sample report on the first page: made-up round figures, marked as a sample.

import { createMap } from "./map.js";
import { h } from "./dom.js";
import { bar } from "./bars.js";
import { areasOf } from "./areas.js";
import { money } from "./words.js";

const INPUT = { office: "Alexanderplatz", budget: 1100, max_commute: 25 };
const ROWS = [
  ["Gesundbrunnen", 900, 19], ["Prenzlauer Berg", 1080, 15], ["Kreuzberg, SO 36", 1050, 16],
  ["Lichtenberg", 810, 22], ["Weißensee", 870, 21], ["Pankow", 840, 22], ["Wedding", 870, 22],
  ["Neukölln, Reuterkiez", 1020, 19], ["Alt-Treptow", 990, 20], ["Neukölln, Rixdorf", 900, 23], ["Moabit", 990, 22],
  ["Schöneberg", 1020, 23], ["Friedrichshain", 1110, 17], ["Kreuzberg, Bergmannkiez", 1110, 19],
  ["Reinickendorf", 660, 26], ["Tempelhof", 810, 26], ["Tiergarten", 1170, 19], ["Mitte", 1230, 11],
  ["Friedrichsfelde", 720, 28], ["Wilmersdorf", 1020, 28], ["Baumschulenweg", 750, 29], ["Friedenau", 930, 29],
  ["Charlottenburg", 1020, 29], ["Neu-Hohenschönhausen", 630, 30], ["Halensee", 1050, 30], ["Britz", 690, 31],
  ["Karlshorst", 840, 31], ["Mariendorf", 690, 32], ["Steglitz", 840, 32], ["Märkisches Viertel", 510, 33],
  ["Marzahn", 600, 33], ["Schöneweide", 750, 34], ["Siemensstadt", 690, 35], ["Westend", 930, 35],
  ["Lankwitz", 720, 36], ["Dahlem", 990, 37], ["Gropiusstadt", 570, 38], ["Tegel", 720, 38],
  ["Lichterfelde", 780, 39], ["Haselhorst", 630, 40], ["Hellersdorf", 600, 42], ["Rudow", 720, 42],
  ["Adlershof", 780, 42], ["Köpenick", 750, 43], ["Buch", 690, 44], ["Mahlsdorf", 780, 44], ["Spandau", 600, 45],
  ["Zehlendorf", 900, 45], ["Lichtenrade", 690, 47], ["Frohnau", 810, 47], ["Friedrichshagen", 750, 50],
  ["Wannsee", 900, 60],
];

export function drawSample(mapHost, list) {
  const areas = areasOf({ areas: ROWS.map(([name, rent, minutes]) => ({ id: name, name, rent, minutes })) }, INPUT);
  const office = { name: INPUT.office, lat: 52.5219, lon: 13.4132 };
  const title = "Sample map of Berlin with neighbourhoods as dots";
  createMap(mapHost, { labels: 3 }).show({ areas, office, budget: INPUT.budget, title });
  list.replaceChildren(...areas.slice(0, 3).map((area) => h("li", {},
    h("span", { class: "rank" }, String(area.rank)),
    h("span", { class: "row-name" }, area.name),
    bar("rent", area.rent, INPUT.budget, INPUT.budget * 1.3, money(area.rent)),
    bar("way", area.minutes, INPUT.max_commute, INPUT.max_commute * 1.3, `${area.minutes} min`))));
}
