import { type ReactNode, useId } from "react";

type CardProps = {
  title?: ReactNode;
  subtitle?: ReactNode;
  /** Small things on the right of the title: a switch, a link, "live". */
  aside?: ReactNode;
  /** Columns of twelve on a wide screen inside `<Grid>`. */
  span?: 3 | 4 | 5 | 6 | 7 | 8 | 12;
  children?: ReactNode;
  className?: string;
};

/** The white box that everything stands in. */
export const Card = ({ title, subtitle, aside, span, children, className = "" }: CardProps) => {
  const id = useId();
  return (
    <section
      className={`card ${span === undefined ? "" : `span-${span}`} ${className}`}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {(title !== undefined || aside !== undefined) && (
        <header className="card-head">
          <div>
            {title !== undefined && <h2 id={id}>{title}</h2>}
            {subtitle !== undefined && <p className="card-subtitle">{subtitle}</p>}
          </div>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
};

/** Twelve columns on a wide screen, one on a phone. */
export const Grid = ({ children }: { children: ReactNode }) => <div className="card-grid">{children}</div>;
