import { FluentParser, Message, Term, type Entry, type Pattern } from '@fluent/syntax';

/** The words that people read, and what is wrong with them. */
export class Catalogue {
  /** What has to be put right, a sentence each. */
  readonly problems: string[] = [];
  readonly #patterns = new Map<string, Pattern>();
  readonly #used = new Set<string>();

  constructor(text: string) {
    for (const entry of new FluentParser().parse(text).body) this.#add(entry);
  }

  #add(entry: Entry): void {
    if (entry.type === 'Junk') this.problems.push(`This is no message: ${firstLine(entry.content)}`);
    if (!(entry instanceof Message || entry instanceof Term)) return;
    const name = entry instanceof Term ? `-${entry.id.name}` : entry.id.name;
    if (entry.value) this.#patterns.set(name, entry.value);
    for (const { id, value } of entry.attributes) this.#patterns.set(`${name}.${id.name}`, value);
  }

  /** The pattern of `message` or `message.attribute`, where there is one. */
  find(name: string): Pattern | null {
    this.#used.add(name);
    return this.#patterns.get(name) ?? null;
  }

  /** The pattern that must be there; `what` says whose words they are. */
  need(name: string, what: string): Pattern | null {
    const pattern = this.find(name);
    if (pattern === null) this.problems.push(`${what} has no words: write ${name}`);
    return pattern;
  }

  /** The names that begin so and were asked for by nobody. */
  unused(prefixes: readonly string[]): string[] {
    return [...this.#patterns.keys()].filter(
      (name) => prefixes.some((prefix) => name.startsWith(prefix)) && !this.#used.has(name),
    );
  }

  /** What follows a prefix in the names of messages, in the catalogue's order. */
  after(prefix: string): string[] {
    return [...this.#patterns.keys()]
      .filter((name) => name.startsWith(prefix) && !name.includes('.'))
      .map((name) => name.slice(prefix.length));
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
