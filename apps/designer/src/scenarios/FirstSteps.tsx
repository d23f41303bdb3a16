import { ActionIcon } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import { queries, useMay } from '../api/queries.js';
import classes from './FirstSteps.module.css';

/** The first ten minutes: five steps that end with a ringing phone. Each is done when it is done; the card goes when all are, or when it is sent away. */
export function FirstSteps() {
  const mayOperate = useMay('operator');
  const [away, setAway] = useLocalStorage({ key: 'callwright-first-steps-away', defaultValue: false });
  const shown = mayOperate && !away;
  const scenarios = useQuery({ ...queries.scenarios(), enabled: shown });
  const numbers = useQuery({ ...queries.numbers(), enabled: shown });
  const phones = useQuery({ ...queries.phones(), enabled: shown });
  const calls = useQuery({ ...queries.calls({}, null), enabled: shown });
  if (!shown || !scenarios.data || !numbers.data || !phones.data || !calls.data) return null;
  const [newest] = scenarios.data;
  const editor = newest ? `/scenarios/${newest.id}` : '/scenarios';
  const [number] = numbers.data;
  const steps = [
    {
      title: 'Draw a scenario',
      text: 'Begin with a menu and change its words.',
      to: editor,
      done: scenarios.data.length > 0,
    },
    {
      title: 'Publish it',
      text: 'A version that never changes.',
      to: editor,
      done: scenarios.data.some(({ latestVersion }) => latestVersion !== null),
    },
    { title: 'Deploy it to 1000', text: 'Any number will do.', to: '/numbers', done: numbers.data.length > 0 },
    {
      title: 'Register a phone',
      text: 'A softphone on your computer.',
      to: '/phones',
      done: phones.data.some(({ registered }) => registered.length > 0),
    },
    {
      title: number ? `Call ${number.pattern}` : 'Call it',
      text: 'And watch the call move.',
      to: '/calls/live',
      done: calls.data.items.length > 0,
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  if (next === -1) return null;
  return (
    <section className={classes.card} aria-label="First steps">
      <header className={classes.header}>
        <h2 className={classes.title}>From here to a ringing phone</h2>
        <ActionIcon size="sm" aria-label="Do not show the first steps again" onClick={() => setAway(true)}>
          <IconX size={15} />
        </ActionIcon>
      </header>
      <ol className={classes.steps}>
        {steps.map(({ title, text, to, done }, index) => (
          <li
            key={index}
            className={classes.step}
            data-done={done || undefined}
            data-next={index === next || undefined}
          >
            <Link to={to} className={classes.link}>
              <span className={classes.mark} aria-label={done ? 'Done' : undefined}>
                {done ? <IconCheck size={13} stroke={3} /> : index + 1}
              </span>
              <span className={classes.stepTitle}>{title}</span>
              <span className={classes.text}>{text}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
