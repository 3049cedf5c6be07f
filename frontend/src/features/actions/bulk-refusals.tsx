// Which tasks do not change, grouped by the reason that the server gives, each by its name.
import { ScrollArea, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { TitlesDocument } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import classes from "./bulk.module.css";
import { type BulkResult, countOf, refusals } from "./bulk-outcomes";

/** Of each reason; nobody reads a thousand names. */
const named = 20;

interface Props {
  result: BulkResult;
  titles: ReadonlyMap<string, string>;
}

export function Refusals({ result, titles }: Props) {
  const found = refusals(result);
  const names = useTitles(
    found.flatMap(({ ids }) => ids.slice(0, named)),
    titles,
  );
  if (found.length === 0) return null;
  const left = result.refused - found.reduce((sum, { ids }) => sum + ids.length, 0);
  return (
    <ScrollArea.Autosize
      mah={280}
      type="auto"
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": "What does not change" }}
    >
      {found.map(({ message, ids }) => (
        <details key={message} className={classes.refusal} open={ids.length <= 5}>
          <summary>
            {countOf(ids.length)}: {message}
          </summary>
          <ul>
            {ids.slice(0, named).map((id) => (
              <li key={id}>{names.get(id) ?? "…"}</li>
            ))}
            {ids.length > named && <li>and {countOf(ids.length - named)} more</li>}
          </ul>
        </details>
      ))}
      {left > 0 && (
        <Text size="xs" c="dimmed">
          And {countOf(left)} more.
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}

/** The titles that we hold, and the others from the server. */
function useTitles(ids: readonly string[], held: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const missing = ids.filter((id) => !held.has(id)).slice(0, 100);
  const { data } = useQuery({
    queryKey: ["Titles", missing],
    queryFn: ({ signal }) => client.query(TitlesDocument, { ids: missing }, { signal }),
    enabled: missing.length > 0,
  });
  const found = (data?.nodes ?? []).flatMap((node) =>
    node !== null && "title" in node ? [[node.id, node.title] as const] : [],
  );
  return new Map([...held, ...found]);
}
