// The numbers that stand for words in the copy for reports, as far as this process has met them.
import type { AnalyticsWriter } from "#platform/analytics";
import * as store from "./report-store.queries.ts";
import type { BoxWords, CellWords, TraitWords } from "./report-store.queries.ts";

// A sender that puts an order number into the campaign must not make a cell of every response.
const CELLS_MAX = 5_000;
const TRAIT_VALUES_MAX = 100;
/** In place of a value: the name has had too many and is no segment. */
const TOO_MANY = "";
const OTHER = "…";

const boxKey = (words: BoxWords): string => `${words.surveyId}\n${words.question}\n${words.kind}\n${words.part}\n${words.choice}\n${words.number ?? ""}`;
const cellKey = (words: CellWords): string => `${words.workspaceId}\n${words.channel}\n${words.language}\n${words.version}\n${words.touchpoint}\n${words.campaign}\n${words.wave}`;

/** Gives words their numbers and keeps the new ones until they are written. */
export class KnownWords {
  readonly #boxes = new Map<string, number>();
  readonly #cells = new Map<string, number>();
  readonly #cellCounts = new Map<string, number>();
  /** By workspace and name: numbers by value; null when there are too many values. */
  readonly #traits = new Map<string, Map<string, number> | null>();
  #newBoxes: (BoxWords & { box: number })[] = [];
  #newCells: (CellWords & { cell: number })[] = [];
  #newTraits: (TraitWords & { trait: number })[] = [];
  #crowdedTraits: number[] = [];
  #lastTrait = 0;

  static async read(writer: AnalyticsWriter): Promise<KnownWords> {
    const known = new KnownWords();
    for (const { box, ...words } of await store.readBoxes(writer)) known.#boxes.set(boxKey(words), box);
    for (const { cell, ...words } of await store.readCells(writer)) known.#addCell(words, cell);
    for (const { trait, ...words } of await store.readTraitValues(writer)) known.#addTrait(words, trait);
    return known;
  }

  boxOf(words: BoxWords): number {
    const key = boxKey(words);
    const found = this.#boxes.get(key);
    if (found !== undefined) return found;
    const box = this.#boxes.size + 1;
    this.#boxes.set(key, box);
    this.#newBoxes.push({ ...words, box });
    return box;
  }

  cellOf(words: CellWords): number {
    const found = this.#cells.get(cellKey(words));
    if (found !== undefined) return found;
    const isCrowded = (this.#cellCounts.get(words.workspaceId) ?? 0) >= CELLS_MAX;
    if (isCrowded && words.campaign !== OTHER) return this.cellOf({ ...words, campaign: OTHER });
    if (isCrowded && words.touchpoint !== OTHER) return this.cellOf({ ...words, touchpoint: OTHER });
    if (isCrowded && words.wave !== OTHER) return this.cellOf({ ...words, wave: OTHER });
    const cell = this.#cells.size + 1;
    this.#addCell(words, cell);
    this.#newCells.push({ ...words, cell });
    return cell;
  }

  /** @returns null when the name has too many values to be a segment */
  traitOf(words: TraitWords): number | null {
    const key = `${words.workspaceId}\n${words.name}`;
    const values = this.#traits.get(key);
    if (values === null) return null;
    const found = values?.get(words.value);
    if (found !== undefined) return found;
    if (values !== undefined && values.size >= TRAIT_VALUES_MAX) {
      this.#crowdedTraits.push(...values.values());
      this.#newTraits = this.#newTraits.filter((one) => one.workspaceId !== words.workspaceId || one.name !== words.name);
      this.#noteTrait({ ...words, value: TOO_MANY });
      return null;
    }
    return this.#noteTrait(words);
  }

  /** Writes what is new. The numbers of names given up are to be left out of what is written after. */
  async write(writer: AnalyticsWriter): Promise<ReadonlySet<number>> {
    const crowded = new Set(this.#crowdedTraits);
    if (this.#newBoxes.length > 0) await store.appendBoxes(writer, this.#newBoxes);
    if (this.#newCells.length > 0) await store.appendCells(writer, this.#newCells);
    await store.removeTraitName(writer, [...crowded]);
    if (this.#newTraits.length > 0) await store.appendTraitValues(writer, this.#newTraits);
    this.#newBoxes = [];
    this.#newCells = [];
    this.#newTraits = [];
    this.#crowdedTraits = [];
    return crowded;
  }

  #noteTrait(words: TraitWords): number {
    const trait = this.#lastTrait + 1;
    this.#addTrait(words, trait);
    this.#newTraits.push({ ...words, trait });
    return trait;
  }

  #addCell(words: CellWords, cell: number): void {
    this.#cells.set(cellKey(words), cell);
    this.#cellCounts.set(words.workspaceId, (this.#cellCounts.get(words.workspaceId) ?? 0) + 1);
  }

  #addTrait(words: TraitWords, trait: number): void {
    const key = `${words.workspaceId}\n${words.name}`;
    this.#lastTrait = Math.max(this.#lastTrait, trait);
    if (words.value === TOO_MANY) this.#traits.set(key, null);
    else this.#traits.set(key, (this.#traits.get(key) ?? new Map<string, number>()).set(words.value, trait));
  }
}
