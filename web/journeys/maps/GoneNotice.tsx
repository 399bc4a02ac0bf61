import { IconMapOff } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { PageHeader } from "../../ui/PageHeader.tsx";
import classes from "./Map.module.css";

type GoneNoticeProps = { title: string; heading: string; body: string; listed: string; words: readonly string[]; children: ReactNode };

/** In the place of a map that is not there any more: what happened, and the words that nobody else has. */
export const GoneNotice = ({ title, heading, body, listed, words, children }: GoneNoticeProps) => {
  const box = useRef<HTMLElement>(null);
  // Whatever had the focus went with the map.
  useEffect(() => box.current?.focus(), []);
  return (
    <>
      <PageHeader title={title} />
      <section ref={box} className={classes.goneMap} role="alert" tabIndex={-1}>
        <IconMapOff size={28} aria-hidden />
        <h2>{heading}</h2>
        <p>{body}</p>
        {words.length > 0 && (
          <>
            <h3>{listed}</h3>
            <ul>{words.map((one, at) => <li key={at} dir="auto">{one}</li>)}</ul>
          </>
        )}
        <div className={classes.conflictButtons}>{children}</div>
      </section>
    </>
  );
};
