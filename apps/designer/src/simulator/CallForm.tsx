import { Alert, Button, Collapse, SegmentedControl, TextInput, Textarea, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconPhone } from '@tabler/icons-react';
import type { JsonObject } from '@callwright/kernel';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, useFindings } from '../editor/EditorContext.js';
import { notify } from '../ui/notify.js';
import { useTryIt, useTryOut } from './useTryIt.js';
import classes from './TryPanel.module.css';

const local = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Who calls whom, and when: then the phone rings. */
export function CallForm() {
  const { t } = useTranslation();
  const { call } = useTryIt();
  const document = useDraft((draft) => draft.document);
  const errors = useFindings().filter(({ severity }) => severity === 'error').length;
  const breakpoints = useTryOut((state) => state.breakpoints.size);
  const [from, setFrom] = useState('+37060000001');
  const [to, setTo] = useState('1000');
  const [when, setWhen] = useState<'now' | 'then'>('now');
  const [then, setThen] = useState(() => local(new Date()));
  const [parameters, setParameters] = useState('{}');
  const [more, setMore] = useState(false);
  const read = parametersOf(parameters);
  const start = useMutation({
    mutationFn: async () =>
      call(document, {
        from,
        to,
        now: when === 'now' ? null : new Date(then).toISOString(),
        parameters: read ?? {},
      }),
    onError: (error) => notify.failed(t('The call could not begin'), error),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (read !== null && errors === 0) start.mutate();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.intro}>
        {t(
          'The scenario runs here, in the page: you hear as text what a caller would hear, and you say what the far end does. Nobody is called.',
        )}
      </p>
      <div className={classes.pair}>
        <TextInput label={t('Calls from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput label={t('Dials')} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      </div>
      <div>
        <div className={classes.fieldLabel}>{t('When')}</div>
        <SegmentedControl
          fullWidth
          size="xs"
          value={when}
          onChange={(value) => setWhen(value as 'now' | 'then')}
          data={[
            { value: 'now', label: t('Now') },
            { value: 'then', label: t('At another time') },
          ]}
          aria-label={t('When')}
        />
        {when === 'then' && (
          <TextInput
            mt={6}
            type="datetime-local"
            value={then}
            onChange={(event) => setThen(event.currentTarget.value)}
            aria-label={t('The call comes in at')}
            description={t('Business hours and {{now}} follow this clock.', { now: 'now' })}
            inputWrapperOrder={['input', 'description']}
            required
          />
        )}
      </div>
      <div>
        <UnstyledButton
          className={classes.more}
          onClick={() => setMore(!more)}
          aria-expanded={more}
          data-open={more || undefined}
        >
          <IconChevronRight size={14} aria-hidden />
          {t('Parameters')}
        </UnstyledButton>
        <Collapse expanded={more}>
          <Textarea
            autosize
            minRows={2}
            maxRows={8}
            value={parameters}
            onChange={(event) => setParameters(event.currentTarget.value)}
            aria-label={t('Parameters')}
            description={t('What a placed call or another scenario hands over: params in expressions. JSON.')}
            inputWrapperOrder={['input', 'description', 'error']}
            error={read === null ? t('This is not a JSON object.') : null}
            classNames={{ input: 'mono' }}
          />
        </Collapse>
      </div>
      {errors > 0 && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t('{{count}} findings are errors: mend them first, then the scenario can run.', { count: errors })}
        </Alert>
      )}
      <Button
        type="submit"
        size="lg"
        radius="xl"
        leftSection={<IconPhone size={19} />}
        disabled={errors > 0 || read === null}
        loading={start.isPending}
      >
        {t('Call')}
      </Button>
      <p className={classes.hint}>
        {breakpoints === 0
          ? t('Click the dot at the corner of a node to stop there.')
          : t('The call stops at {{count}} nodes.', { count: breakpoints })}
      </p>
    </form>
  );
}

function parametersOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
