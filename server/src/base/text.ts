/** Ranges over the text of one file. Offsets count UTF-16 code units, as JavaScript strings and LSP do. */

/** Half-open: `end` is the offset after the last character. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Zero-based, `character` in UTF-16 code units: the LSP position. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export function containsOffset(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** Translates offsets to line/character pairs and back; built once for a text. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 13 && text.charCodeAt(offset + 1) === 10) offset++;
      if (code === 10 || code === 13) this.#starts.push(offset + 1);
    }
  }

  /** Clamps an offset beyond the text to its end. */
  position(offset: number): TextPosition {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - this.#starts[low]! };
  }

  /** Clamps a position beyond its line to the end of the line (before the next line's start), as LSP asks. */
  offset(position: TextPosition): number {
    if (position.line >= this.#starts.length) return this.#length;
    const start = this.#starts[Math.max(0, position.line)]!;
    const end = this.#starts[position.line + 1] ?? this.#length;
    return Math.min(start + Math.max(0, position.character), end);
  }
}
