import { Button, Collapse, Textarea, UnstyledButton } from '@mantine/core';
import type { JsonObject } from '@callwright/kernel';
import { nodeType } from '@callwright/nodes';
import type { Question } from '@callwright/runtime/rehearsal';
import { FAILED } from '@callwright/scenario';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIcon } from '../editor/canvas/NodeIcon.js';
import { useTryIt } from './useTryIt.js';
import classes from './QuestionCard.module.css';

/** A node asks the world, and whoever tries says what the world answers. */
export function QuestionCard({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { tryOut } = useTryIt();
  const definition = nodeType(question.type);
  const example = (outcome: string) => JSON.stringify(definition?.exampleOutput?.(outcome) ?? {});
  const [output, setOutput] = useState<string | null>(null);
  const [more, setMore] = useState(definition?.exampleOutput !== undefined);
  const written = output === null ? null : objectOf(output);
  const asked = ['to', 'url', 'room', 'leg'].map((name) => question.config[name]).find((value) => value !== undefined);
  const answer = (outcome: string) =>
    void tryOut.answer(question.node, outcome, written ?? objectOf(example(outcome)) ?? {});
  return (
    <section className={classes.card} aria-label={t('The far end')} data-testid="question">
      <div className={classes.asked}>
        <NodeIcon type={question.type} />
        <div className={classes.words}>
          <b>{t(definition?.title ?? question.type)}</b>
          <span>{typeof asked === 'string' && asked !== '' ? asked : question.node}</span>
        </div>
      </div>
      <div className={classes.what}>{t('What happens?')}</div>
      <div className={classes.outcomes}>
        {question.outcomes.map((outcome) => (
          <Button
            key={outcome}
            size="compact-sm"
            variant="default"
            disabled={output !== null && written === null}
            data-failed={outcome === FAILED || undefined}
            className={classes.outcome}
            onClick={() => answer(outcome)}
          >
            {outcome}
          </Button>
        ))}
      </div>
      <UnstyledButton
        className={classes.more}
        onClick={() => setMore(!more)}
        aria-expanded={more}
        data-open={more || undefined}
      >
        <IconChevronRight size={13} aria-hidden /> {t('With this output')}
      </UnstyledButton>
      <Collapse expanded={more}>
        <Textarea
          autosize
          minRows={1}
          maxRows={8}
          value={output ?? example(question.outcomes[0] ?? '')}
          onChange={(event) => setOutput(event.currentTarget.value)}
          aria-label={t('Output')}
          error={output !== null && written === null ? t('This is not a JSON object.') : null}
          classNames={{ input: 'mono' }}
        />
      </Collapse>
    </section>
  );
}

function objectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
