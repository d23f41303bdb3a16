import { nodesOf, type ScenarioDocument } from '@callwright/scenario';
import { abstractMachineOf, cheapestWay, type AbstractMachine, type Move } from './abstract-machine.js';
import { coverageOf, wiresOf } from './coverage.js';
import { runScenarioTest, type TestOptions } from './run-test.js';
import type { ScenarioTest, Step } from './script.js';

export interface Generated {
  /** Each has been run and passes. */
  readonly tests: readonly ScenarioTest[];
  /** Wires that no test could be made for: nothing leads there, or the scenario does something else on the way. */
  readonly unreached: readonly string[];
}

/** How many ways are tried to one wire. */
const MOST_ATTEMPTS = 12;
/** A test longer than this is no longer read. */
const LONGEST_WAY = 12;

/**
 * Makes tests for the wires that `covered` does not name: shortest ways over the abstract machine, lengthened over what is still
 * uncovered. Every one is run before it is given, and only what it really exercised counts.
 */
export async function generateTests(
  document: ScenarioDocument,
  covered: Iterable<string>,
  options: TestOptions,
): Promise<Generated> {
  const machine = abstractMachineOf(document);
  const missing = new Set(wiresOf(document));
  for (const wire of covered) missing.delete(wire);
  const unreached: string[] = [];
  const tests: ScenarioTest[] = [];
  const names = new Set<string>();
  // Ways that a call did not take although the drawing has them: a node before the answer cannot be heard, for one.
  const impassable = new Set<string>();
  let attempts = 0;
  while (missing.size > 0 && machine.start !== null) {
    const way = wayThrough(machine, machine.start, missing, impassable);
    if (!way) break;
    const aim = way.findLast(({ wire }) => wire !== null && missing.has(wire))?.wire ?? '';
    const made = await make(document, way, options, names);
    const taken = made ? [...made.taken].filter((wire) => missing.has(wire)) : [];
    if (made) {
      tests.push(made.test);
      names.add(made.test.name);
      taken.forEach((wire) => missing.delete(wire));
    } else if (attempts < MOST_ATTEMPTS && way.length > 1) {
      attempts += 1;
      const [dearest] = way.toSorted((a, b) => b.cost - a.cost);
      if (dearest && dearest.wire !== aim) {
        impassable.add(keyOf(dearest));
        continue;
      }
    }
    attempts = 0;
    impassable.clear();
    if (missing.delete(aim)) unreached.push(aim);
  }
  return { tests, unreached: [...unreached, ...missing] };
}

/** The cheapest way to a wire that is missing, and on from there as long as the next one is missing, too. */
function wayThrough(
  machine: AbstractMachine,
  start: string,
  missing: ReadonlySet<string>,
  impassable: ReadonlySet<string>,
): readonly Move[] | null {
  const isMissing = ({ wire }: Move) => wire !== null && missing.has(wire);
  const found = cheapestWay(machine, start, isMissing, (move) => !impassable.has(keyOf(move)));
  if (!found) return null;
  const way = [...found];
  const used = new Set(way.map(({ wire }) => wire));
  while (way.length < LONGEST_WAY) {
    const next = (machine.moves.get(way.at(-1)?.to ?? '') ?? [])
      .filter(({ wire }) => wire !== null && missing.has(wire) && !used.has(wire))
      .sort((a, b) => a.cost - b.cost)[0];
    if (!next) break;
    way.push(next);
    used.add(next.wire);
  }
  return way;
}

const keyOf = ({ from, outcome }: Move): string => `${from}:${outcome ?? 'hang-up'}`;

/** First as a caller would do it; when the scenario then goes another way, with every node told what to give. */
async function make(
  document: ScenarioDocument,
  way: readonly Move[],
  options: TestOptions,
  names: ReadonlySet<string>,
): Promise<{ test: ScenarioTest; taken: ReadonlySet<string> } | null> {
  for (const forced of [false, true]) {
    const test = testOf(document, way, forced, names);
    const { passed, taken } = await runScenarioTest(document, test, options);
    if (passed && way.every(({ wire }) => wire === null || taken.has(wire)))
      return { test, taken: coverageOf(document, [taken]).covered };
  }
  return null;
}

function testOf(
  document: ScenarioDocument,
  way: readonly Move[],
  forced: boolean,
  names: ReadonlySet<string>,
): ScenarioTest {
  // A node that is told once is told every time: answers are given ahead, and the first stay at it would take them.
  const told = new Set(way.filter(({ by }) => forced || by.kind === 'told').map(({ from }) => from));
  const ahead: Step[] = [];
  const steps: Step[] = [];
  for (const { from, outcome, by } of way) {
    if (by.kind === 'hang-up') steps.push({ expect: { node: from } }, { hangUp: true });
    else if (told.has(from) && outcome !== null) ahead.push({ answer: { node: from, outcome } });
    else if (by.kind === 'keys') steps.push({ expect: { node: from } }, { press: by.keys });
  }
  const last = way.at(-1);
  const end: Step = nodesOf(document).has(last?.to ?? '')
    ? { expect: { node: last?.to } }
    : { expect: { ended: true } };
  return { name: nameOf(document, way, names), steps: [...ahead, ...steps, end] };
}

/** `presses 2, agent: busy → goodbye` */
function nameOf(document: ScenarioDocument, way: readonly Move[], names: ReadonlySet<string>): string {
  const nodes = nodesOf(document);
  const called = (id: string) => nodes.get(id)?.label ?? id;
  const doings = way.flatMap(({ from, outcome, by }) => {
    if (by.kind === 'hang-up') return [`hangs up at ${called(from)}`];
    if (by.kind === 'keys') return [`presses ${by.keys}`];
    return by.kind === 'told' ? [`${called(from)}: ${outcome}`] : [];
  });
  const whole = `${doings.join(', ') || 'calls'} → ${called(way.at(-1)?.to ?? '')}`;
  const name = whole.length > 180 ? `…${whole.slice(-179)}` : whole;
  for (let count = 2; ; count += 1) {
    const free = count === 2 ? name : `${name} (${count - 1})`;
    if (!names.has(free)) return free;
  }
}
