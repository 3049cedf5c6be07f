// The examples as a pane of GraphiQL; each opens in a tab of its own.
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import type { Example } from "./examples";

export function examplesPlugin(examples: readonly Example[]): GraphiQLPlugin {
  return { title: "Examples", icon: Icon, content: () => <Examples examples={examples} /> };
}

function Examples({ examples }: { examples: readonly Example[] }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const { addTab, prettifyEditors } = useGraphiQLActions();

  function open({ query, variables = {} }: Example): void {
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(JSON.stringify(variables, null, 2));
    void prettifyEditors();
    queryEditor?.focus();
  }

  return (
    <section className="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Examples</h2>
      <p>One for each common job. Ctrl-Enter runs what the cursor is in, Ctrl-Space completes.</p>
      {examples.map((example) => (
        <button type="button" key={example.title} onClick={() => open(example)}>
          {example.title}
          <small>{example.about}</small>
        </button>
      ))}
    </section>
  );
}

function Icon() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M9 18h6M10 21h4M12 3a6 6 0 0 0-3.6 10.8c.6.5.9 1.1.9 1.8v.4h5.4v-.4c0-.7.3-1.3.9-1.8A6 6 0 0 0 12 3z" />
    </svg>
  );
}
