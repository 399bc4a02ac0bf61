/** Does work for every item, at most so many at once, and gives the results in the order of the items. */
export const sideBySide = async <Item, Result>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<Result>): Promise<Result[]> => {
  const results = new Map<number, Result>();
  let next = 0;
  const take = async (): Promise<void> => {
    for (let index = next; index < items.length; index = next) {
      next += 1;
      const item = items[index];
      if (item !== undefined) results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, take));
  return items.flatMap((_, index) => results.get(index) ?? []);
};
