import { type ComponentType, lazy, useState } from "react";

/** A part that is fetched when it is first drawn, or before by `load`. One that is there by then is drawn at once: `lazy` alone shows first what stands in for
 *  it, and React leaves that for three tenths of a second. */
export const loadable = <Props extends object>(fetchPart: () => Promise<ComponentType<Props>>) => {
  let fetched: ComponentType<Props> | null = null;
  const load = async (): Promise<ComponentType<Props>> => (fetched ??= await fetchPart());
  const Waiting = lazy(async () => ({ default: await load() }));
  const Part = (props: Props) => {
    // Kept from the first drawing on: another one in its place would forget what this one remembers.
    const [Drawn] = useState(() => fetched ?? Waiting);
    return <Drawn {...props} />;
  };
  return { Part, load };
};
