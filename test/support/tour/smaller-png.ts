import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = 8;
const channels = 3;
const paletteSize = 256;
const frequent = 160;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunkBytes({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** What a PNG filter predicts for a byte from its neighbours. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

function unfiltered(raw: Buffer, stride: number): Buffer[] {
  const rows: Buffer[] = [];
  let above = Buffer.alloc(stride);
  for (let at = 0; at < raw.length; at += stride + 1) {
    const filter = raw[at] ?? 0;
    const row = Buffer.from(raw.subarray(at + 1, at + 1 + stride));
    for (let x = 0; x < stride; x += 1) {
      const [left, corner] = x < channels ? [0, 0] : [row[x - channels] ?? 0, above[x - channels] ?? 0];
      row[x] = ((row[x] ?? 0) + predicted(filter, left, above[x] ?? 0, corner)) & 255;
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

type Color = readonly [red: number, green: number, blue: number];

const parts = (color: number): Color => [color >> 16, (color >> 8) & 255, color & 255];

function distance(one: Color, other: Color): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

/** The most frequent colours, then the ones least like any chosen before, so that a small green mark stays green. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].toSorted((one, other) => other[1] - one[1]).map(([color]) => color);
  const chosen = byCount.slice(0, frequent);
  const rest = byCount.slice(frequent).map((color) => ({ color, away: nearestIn(chosen, color).away }));
  while (chosen.length < paletteSize && rest.length > 0) {
    const best = rest.reduce((one, other) => (other.away > one.away ? other : one));
    chosen.push(best.color);
    for (const each of rest) each.away = Math.min(each.away, distance(parts(best.color), parts(each.color)));
  }
  return chosen;
}

function nearestIn(palette: readonly number[], color: number): { readonly place: number; readonly away: number } {
  const distances = palette.map((kept) => distance(parts(kept), parts(color)));
  const away = Math.min(...distances);
  return { place: distances.indexOf(away), away };
}

const pixelsOf = (row: Buffer): number[] =>
  Array.from({ length: row.length / channels }, (_, index) => row.readUIntBE(index * channels, channels));

/**
 * The same picture for a page of text, in a third of the bytes: an opaque 8-bit RGB screenshot in 256 of its
 * colours, every other one replaced by the nearest. A PNG of another kind comes back as it was.
 */
export function smallerPng(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === "IHDR");
  if (header === undefined || header.data[8] !== 8 || header.data[9] !== 2 || header.data[12] !== 0) return png;
  const raw = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data)));
  const rows = unfiltered(raw, header.data.readUInt32BE(0) * channels).map(pixelsOf);
  const counts = new Map<number, number>();
  for (const pixel of rows.flat()) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = paletteOf(counts);
  const placeOf = new Map([...counts.keys()].map((color) => [color, nearestIn(palette, color).place]));
  const indexed = rows.map((row) => Buffer.from([0, ...row.map((pixel) => placeOf.get(pixel) ?? 0)]));
  const data = Buffer.from(header.data);
  data[9] = 3;
  const made = [
    { type: "IHDR", data },
    { type: "PLTE", data: Buffer.from(palette.flatMap(parts)) },
    { type: "IDAT", data: deflateSync(Buffer.concat(indexed), { level: 9, memLevel: 9 }) },
    { type: "IEND", data: Buffer.alloc(0) },
  ];
  return Buffer.concat([png.subarray(0, signature), ...made.map(chunkBytes)]);
}
