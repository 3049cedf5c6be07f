// A list of things with a few words and buttons each; wraps on narrow screens instead of scrolling sideways.
import type { ReactNode } from "react";
import classes from "./rows.module.css";

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari forgets that a list without bullets is one
    <ul className={classes.rows} role="list" aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  title: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
}

export function Row({ title, meta, actions }: RowProps) {
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.title}>{title}</div>
        {meta && <div className={classes.meta}>{meta}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  );
}
