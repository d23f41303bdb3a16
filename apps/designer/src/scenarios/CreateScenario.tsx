import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../api/client.js';
import type { Scenario } from '../api/types.js';
import { Problem } from '../ui/Problem.js';
import { starters, type StarterName } from './starters.js';
import classes from './CreateScenario.module.css';

/** A name and something to begin with; then the canvas. */
export function CreateScenario({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [starter, setStarter] = useState<StarterName>('menu');
  const create = useMutation({
    mutationFn: () =>
      post<Scenario>('/scenarios', { name: name.trim(), document: starters[starter].document(name.trim()) }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['scenarios'] });
      await navigate(`/scenarios/${id}`);
    },
  });
  const close = () => {
    onClose();
    create.reset();
    setName('');
  };
  return (
    <Modal opened={opened} onClose={close} title="New scenario">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          {create.error && <Problem error={create.error} title="The scenario was not created" />}
          <TextInput
            label="Name"
            placeholder="Front desk"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group label="Begin with" value={starter} onChange={(value) => setStarter(value as StarterName)}>
            <div className={classes.starters}>
              {Object.entries(starters).map(([key, { title, text }]) => (
                <Radio.Card key={key} value={key} className={classes.starter}>
                  <Radio.Indicator size="sm" />
                  <span>
                    <b>{title}</b>
                    <span className={classes.text}>{text}</span>
                  </span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
