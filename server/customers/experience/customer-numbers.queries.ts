// Numbers of customers in the analytics store.
import type { AnalyticsWriter } from "#platform/analytics";

const table = { name: "customer_numbers", columns: [{ name: "workspace_id", type: "uuid" }, { name: "customer_no", type: "integer" }, { name: "customer", type: "uuid" }] } as const;

// One text, cut apart by the store: a literal each would take longer to read than the table.
const listed = "(select cast(unnest(string_split($1, ',')) as uuid))";

export const listCustomerNumbers = async (writer: AnalyticsWriter, customers: readonly string[]): Promise<(readonly [customer: string, no: number])[]> => {
  if (customers.length === 0) return [];
  const rows = await writer.run(`select cast(customer as varchar) as customer, customer_no from customer_numbers where customer in ${listed}`, [customers.join(",")]);
  return rows.map((row) => [String(row["customer"]), Number(row["customer_no"])]);
};

/** The greatest number given in a workspace, also to somebody who is gone; 0 when none was. */
export const findLastNumber = async (writer: AnalyticsWriter, workspaceId: string): Promise<number> => {
  const [row] = await writer.run("select max(customer_no) as last from customer_numbers where workspace_id = cast($1 as uuid)", [workspaceId]);
  return Number(row?.["last"] ?? 0);
};

export const addCustomerNumbers = async (writer: AnalyticsWriter, workspaceId: string, numbers: readonly (readonly [customer: string, no: number])[]): Promise<void> => {
  await writer.append(table, [numbers.map(() => workspaceId), numbers.map(([, no]) => no), numbers.map(([customer]) => customer)]);
};

/** Lets the numbers of those of whom no row is left name nobody: what is gone must leave no trace. Reads the numbers of all rows. */
export const dropCustomerNumbers = async (writer: AnalyticsWriter, customers: readonly string[]): Promise<void> => {
  if (customers.length === 0) return;
  await writer.run(
    `update customer_numbers
     set customer = null
     where customer in ${listed}
       and not exists (select 1 from facts where facts.customer_no = customer_numbers.customer_no and facts.workspace_id = customer_numbers.workspace_id)
       and not exists (select 1 from feelings where feelings.customer_no = customer_numbers.customer_no and feelings.workspace_id = customer_numbers.workspace_id)`,
    [customers.join(",")],
  );
};
