import { parser } from '@prometheus-io/lezer-promql';

/** One selection of series in a query, as `name{label="value"}`. */
export interface Selector {
  metric: string;
  labels: { name: string; value: string }[];
}

/** The selections of a query, by Prometheus's own grammar. @throws Error when the query does not parse. */
export function selectorsIn(query: string): Selector[] {
  const selectors: Selector[] = [];
  const textOf = ({ from, to }: { from: number; to: number }) => query.slice(from, to);
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`not PromQL at character ${node.from}: ${query}`);
      if (node.name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      const selector = selectors.at(-1);
      if (selector === undefined) return;
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') selector.metric = textOf(node);
      if (node.name === 'LabelName' && node.node.parent?.name === 'UnquotedLabelMatcher') selector.labels.push({ name: textOf(node), value: '' });
      const label = selector.labels.at(-1);
      if (node.name === 'StringLiteral' && label !== undefined) label.value = textOf(node).slice(1, -1);
    },
  });
  return selectors;
}
