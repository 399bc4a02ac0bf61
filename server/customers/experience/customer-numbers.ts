import type { AnalyticsWriter } from "#platform/analytics";
import { addCustomerNumbers, dropCustomerNumbers, findLastNumber, listCustomerNumbers } from "./customer-numbers.queries.ts";

// About 20 MB when full; others are looked up in the store.
const REMEMBERED_MAX = 200_000;

/** Small whole numbers for the customers of a workspace, from 1 in the order in which they come into the copy. */
export class CustomerNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #lastNos = new Map<string, number>();

  /** Gives everybody a number who has none yet, so that `of` knows all of them until this is called again.
   *  @param strangers of whom it is known that they have none */
  async give(writer: AnalyticsWriter, workspaceId: string, customers: readonly string[], strangers: ReadonlySet<string> = new Set()): Promise<void> {
    const unknown = this.#unknownOf(customers);
    if (unknown.length === 0) return;
    if (this.#numbers.size > REMEMBERED_MAX) this.#numbers.clear();
    for (const [customer, no] of await listCustomerNumbers(writer, this.#unknownOf(customers).filter((customer) => !strangers.has(customer)))) this.#numbers.set(customer, no);
    const fresh = this.#unknownOf(customers);
    if (fresh.length === 0) return;
    const last = this.#lastNos.get(workspaceId) ?? (await findLastNumber(writer, workspaceId));
    const given = fresh.map((customer, at) => [customer, last + 1 + at] as const);
    await addCustomerNumbers(writer, workspaceId, given);
    for (const [customer, no] of given) this.#numbers.set(customer, no);
    this.#lastNos.set(workspaceId, last + given.length);
  }

  of(customer: string | null): number | null {
    return customer === null ? null : (this.#numbers.get(customer) ?? null);
  }

  /** Takes the numbers of those away of whom the copy holds nothing any more. */
  async drop(writer: AnalyticsWriter, customers: readonly string[]): Promise<void> {
    for (const customer of customers) this.#numbers.delete(customer);
    await dropCustomerNumbers(writer, customers);
  }

  forget(): void {
    this.#numbers.clear();
    this.#lastNos.clear();
  }

  #unknownOf(customers: readonly string[]): string[] {
    return [...new Set(customers)].filter((customer) => !this.#numbers.has(customer));
  }
}
