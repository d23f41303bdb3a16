import { Button, Popover, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconArrowForwardUp, IconDialpad, IconPhoneOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodesOf } from '@callwright/scenario';
import { post } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { Call } from '../api/types.js';
import { queryClient } from '../app/queryClient.js';
import { notify } from '../ui/notify.js';
import classes from './FollowedCall.module.css';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** What an operator can do to a running call. Each is a command of the API, in the call's log and in the audit. */
export function CallCommands({ call }: { call: Call }) {
  const { t } = useTranslation();
  const command = useMutation({
    mutationFn: (body: { type: string; digits?: string; node?: string }) => post(`/calls/${call.id}/commands`, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['calls', call.id] }),
    onError: (error) => notify.failed(t('The call did not take it'), error),
  });
  const held = call.legs.some(({ name, onHold }) => name === 'caller' && onHold);
  const answered = call.answeredAt !== null;
  return (
    <div className={classes.commands}>
      <Button
        color="red.9"
        leftSection={<IconPhoneOff size={16} />}
        loading={command.isPending && command.variables.type === 'hang-up'}
        onClick={() => command.mutate({ type: 'hang-up' })}
      >
        {t('Hang up')}
      </Button>
      <Button
        variant="default"
        disabled={!answered}
        leftSection={held ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
        onClick={() => command.mutate({ type: held ? 'resume' : 'hold' })}
      >
        {held ? t('Resume') : t('Hold')}
      </Button>
      <Keypad disabled={!answered} onDigits={(digits) => command.mutate({ type: 'send-digits', digits })} />
      <GoTo call={call} onNode={(node) => command.mutate({ type: 'go-to', node })} />
    </div>
  );
}

function Keypad({ disabled, onDigits }: { disabled: boolean; onDigits: (digits: string) => void }) {
  const { t } = useTranslation();
  const [digits, setDigits] = useState('');
  const send = () => {
    onDigits(digits);
    setDigits('');
  };
  return (
    <Popover position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" disabled={disabled} leftSection={<IconDialpad size={16} />}>
          {t('Send digits')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (digits !== '') send();
          }}
        >
          <Stack gap="xs">
            <Text size="xs" c="dimmed" maw={172}>
              {t('The far end of the caller’s leg hears them.')}
            </Text>
            <TextInput
              aria-label={t('Digits')}
              value={digits}
              onChange={(event) => setDigits(event.currentTarget.value.replaceAll(/[^0-9*#A-D]/g, ''))}
              data-autofocus
            />
            <div className={classes.keys}>
              {KEYS.map((key) => (
                <Button
                  key={key}
                  variant="default"
                  p={0}
                  aria-label={t('Key {{key}}', { key })}
                  onClick={() => setDigits((before) => before + key)}
                >
                  {key}
                </Button>
              ))}
            </div>
            <Button type="submit" disabled={digits === ''}>
              {t('Send')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Moves the call to another node of the version that it runs. */
function GoTo({ call, onNode }: { call: Call; onNode: (node: string) => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const known = call.scenarioId !== null && call.version !== null;
  const version = useQuery({
    ...queries.versionOf(call.scenarioId ?? '', call.version ?? 0),
    enabled: known && opened,
  });
  const nodes = version.data ? [...nodesOf(version.data.document).keys()] : [];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          disabled={!known}
          leftSection={<IconArrowForwardUp size={16} />}
          onClick={() => setOpened((before) => !before)}
        >
          {t('Move to…')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Select
          label={t('Move the call to')}
          description={t('What it does now is interrupted.')}
          placeholder={t('Node')}
          data={nodes.filter((node) => node !== call.node)}
          searchable
          data-autofocus
          comboboxProps={{ withinPortal: false }}
          value={null}
          onChange={(node) => {
            if (node === null) return;
            setOpened(false);
            onNode(node);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
