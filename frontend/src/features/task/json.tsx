// A JSON value, when there is something in it.
import classes from "./panel.module.css";

export function Json({ title, value }: { title: string; value: unknown }) {
  if (value === null || JSON.stringify(value) === "{}") return null;
  return (
    <section className={classes.section} aria-label={title}>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.pre} tabIndex={0}>
        {JSON.stringify(value, null, 2)}
      </pre>
    </section>
  );
}
