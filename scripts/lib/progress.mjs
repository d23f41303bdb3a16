/** One line for each thing that is done: what it is at once, how it went when it is over. */
export async function step(title, work) {
  const began = performance.now();
  process.stdout.write(`${title} … `);
  try {
    const result = await work();
    process.stdout.write(`${typeof result === 'string' ? result : 'done'} (${seconds(began)})\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed (${seconds(began)})\n`);
    throw error;
  }
}

export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

export const say = (line) => process.stdout.write(`${line}\n`);

/** What went wrong, told to a person in one piece and without a stack; the script ends with 1. */
export class Refusal extends Error {}

/** Runs a script's main function; a refusal becomes its sentence and exit code 1. */
export async function orRefuse(main) {
  try {
    return await main();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
