import { ActionIcon, Anchor } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queries, useMay } from '../api/queries.js';
import classes from './FirstSteps.module.css';

/** The first ten minutes: five steps that end with a ringing phone. Each is done when it is done; the card goes when all are, or when it is sent away. */
export function FirstSteps() {
  const { t } = useTranslation();
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
      title: t('Draw a scenario'),
      text: t('Begin with a menu and change its words.'),
      to: editor,
      done: scenarios.data.length > 0,
    },
    {
      title: t('Publish it'),
      text: t('A version that never changes.'),
      to: editor,
      done: scenarios.data.some(({ latestVersion }) => latestVersion !== null),
    },
    { title: t('Deploy it to 1000'), text: t('Any number will do.'), to: '/numbers', done: numbers.data.length > 0 },
    {
      title: t('Register a phone'),
      text: t('A softphone on your computer.'),
      to: '/phones',
      done: phones.data.some(({ registered }) => registered.length > 0),
    },
    {
      title: number ? t('Call {{number}}', { number: number.pattern }) : t('Call it'),
      text: t('And watch the call move.'),
      to: '/calls/live',
      done: calls.data.items.length > 0,
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  if (next === -1) return null;
  return (
    <section className={classes.card} aria-label={t('First steps')}>
      <header className={classes.header}>
        <h2 className={classes.title}>{t('From here to a ringing phone')}</h2>
        <Anchor component={Link} to="/welcome" size="sm" ml="auto" mr="sm">
          {t('Show me how')}
        </Anchor>
        <ActionIcon size="sm" aria-label={t('Do not show the first steps again')} onClick={() => setAway(true)}>
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
              <span className={classes.mark} aria-label={done ? t('Done') : undefined}>
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
