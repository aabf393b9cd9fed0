/** What a thing is called, and what it is. */
export type Fact = readonly [name: string, value: React.ReactNode];

/** Facts one below the other; each page says in its style how wide the names are. */
export function FactList({ className, facts }: { className: string; facts: readonly Fact[] }) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
