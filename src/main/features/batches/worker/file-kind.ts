interface Kind {
  readonly begins: readonly (string | readonly number[])[];
  readonly words: string;
}

const kinds: readonly Kind[] = [
  { begins: ["%PDF-"], words: "a PDF document" },
  {
    begins: [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
    words: "an old Excel workbook or another Office document",
  },
  {
    begins: [[0x1f, 0x8b], "BZh", [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x37, 0x7a, 0xbc, 0xaf], "Rar!"],
    words: "a packed archive",
  },
  { begins: ["{\\rtf"], words: "a formatted text document" },
  { begins: ["SQLite format 3", "PAR1", "Obj\u0001"], words: "a database file" },
  { begins: [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], "GIF8"], words: "a picture" },
  { begins: ["MZ", [0x7f, 0x45, 0x4c, 0x46]], words: "a program" },
];

const markup = /^\s*<(?:!doctype html|html|\?xml|table\b)/iu;

function beginsWith(sample: Buffer, mark: string | readonly number[]): boolean {
  const bytes = typeof mark === "string" ? Buffer.from(mark, "latin1") : Buffer.from(mark);
  return sample.subarray(0, bytes.length).equals(bytes);
}

function archiveWords(sample: Buffer): string {
  const text = sample.subarray(0, 4096).toString("latin1");
  if (text.includes("xl/") || text.includes("[Content_Types].xml"))
    return "an Excel workbook (.xlsx) or another Office document";
  return text.includes("mimetypeapplication/vnd.oasis") ? "an OpenDocument spreadsheet" : "a packed archive (ZIP)";
}

/** What a file is that is no table of text, by its first bytes; undefined when it may be one. */
export function notATable(sample: Buffer): string | undefined {
  if (beginsWith(sample, [0x50, 0x4b, 0x03, 0x04])) return archiveWords(sample);
  const kind = kinds.find(({ begins }) => begins.some((mark) => beginsWith(sample, mark)));
  if (kind !== undefined) return kind.words;
  return markup.test(sample.subarray(0, 512).toString("latin1")) ? "a web page or XML document" : undefined;
}
