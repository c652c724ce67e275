// Puts names beside dots so that they cover neither dots nor each other; a name without room is left out.

const LETTER = 7.9;
const HEIGHT = 16;
const GAP = 5;

/** For dots {area, x, y, r} the labels {id, text, x, y} that find room; `taken` are rectangles to keep clear of. */
export function placeLabels(dots, taken, width, height) {
  const used = [...taken];
  const placed = [];
  for (const { area, x, y, r } of dots) {
    const w = area.name.length * LETTER + 4;
    const spots = [
      { x: x + r + GAP, y: y - HEIGHT / 2 },
      { x: x - r - GAP - w, y: y - HEIGHT / 2 },
      { x: x - w / 2, y: y - r - GAP - HEIGHT },
      { x: x - w / 2, y: y + r + GAP },
      { x: x + r, y: y - r - HEIGHT },
      { x: x + r, y: y + r },
    ].map((spot) => ({ ...spot, w, h: HEIGHT }));
    const spot = spots.find((each) => inside(each, width, height) && !used.some((other) => overlap(each, other)));
    if (!spot) continue;
    used.push(spot);
    placed.push({ id: area.id, text: area.name, x: spot.x + 2, y: spot.y + 12.5 });
  }
  return placed;
}

const inside = (box, width, height) =>
  box.x >= 2 && box.y >= 2 && box.x + box.w <= width - 2 && box.y + box.h <= height - 2;

/** Whether two rectangles {x, y, w, h} share any room. */
export const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
