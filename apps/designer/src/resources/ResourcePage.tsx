import { ActionIcon, Button, Menu, Skeleton, Table } from '@mantine/core';
import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useMay, useResource } from '../api/queries.js';
import type { Role, Stored } from '../api/types.js';
import { useConfirm } from '../ui/confirm.js';
import { Empty, type EmptyProps } from '../ui/Empty.js';
import { notify } from '../ui/notify.js';
import { Page } from '../ui/Page.js';
import { Problem } from '../ui/Problem.js';
import { Sheet } from '../ui/Sheet.js';
import { ResourceForm, type FormField, type Values } from './ResourceForm.js';

export interface Column<T> {
  readonly title: string;
  readonly cell: (item: T) => ReactNode;
}

export interface ResourcePageProps<T extends Stored> {
  readonly title: string;
  readonly intro: ReactNode;
  /** The thing in the singular, as it stands in sentences: "phone". */
  readonly thing: string;
  readonly path: string;
  readonly query: UseQueryOptions<readonly T[], Error, readonly T[], string[]>;
  readonly role: Role;
  readonly columns: readonly Column<T>[];
  readonly fields: readonly FormField[];
  /** How a person calls this one. */
  readonly nameOf: (item: T) => string;
  /** The form's values as the API takes them. */
  readonly toBody?: (values: Values, isNew: boolean) => unknown;
  readonly toValues?: (item: T) => Values;
  readonly mayChange?: boolean;
  readonly mayDelete?: boolean;
  readonly deleteText?: string;
  readonly empty: Omit<EmptyProps, 'action'>;
  /** Shown once after something was made: a token, a secret. */
  readonly created?: (item: T, close: () => void) => ReactNode;
  readonly children?: ReactNode;
}

/** A list of stored things with the means to add, change and delete them. One for all the plain lists of the product. */
export function ResourcePage<T extends Stored>(props: ResourcePageProps<T>) {
  const { title, intro, thing, path, query, role, columns, fields, nameOf, empty, created, children } = props;
  const {
    toBody = (values: Values) => values,
    toValues = (item: T) => item as unknown as Values,
    mayChange = true,
    mayDelete = true,
  } = props;
  const may = useMay(role);
  const items = useQuery(query);
  const { create, update, remove } = useResource<T>(path);
  const [editing, setEditing] = useState<T | 'new' | null>(null);
  const [made, setMade] = useState<T | null>(null);
  const { ask, dialog } = useConfirm();
  const close = () => {
    setEditing(null);
    create.reset();
    update.reset();
  };
  const submit = async (values: Values) => {
    if (editing === 'new') {
      const item = await create.mutateAsync(toBody(values, true));
      if (created) setMade(item);
    } else if (editing) await update.mutateAsync({ id: editing.id, body: toBody(values, false) });
    close();
  };
  const erase = (item: T) =>
    remove.mutateAsync(item.id).then(
      () => notify.done(`${nameOf(item)} is deleted.`),
      (error: unknown) => notify.failed(`${nameOf(item)} was not deleted`, error),
    );
  const addButton = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      Add a {thing}
    </Button>
  );
  const withActions = may && (mayChange || mayDelete);
  return (
    <Page title={title} intro={intro} actions={items.data && items.data.length > 0 ? addButton : undefined}>
      {items.error && <Problem error={items.error} onRetry={() => void items.refetch()} />}
      {items.isPending && (
        <Sheet padded>
          <Skeleton height={18} my={10} />
          <Skeleton height={18} my={10} />
        </Sheet>
      )}
      {items.data?.length === 0 && (
        <Sheet>
          <Empty {...empty} action={addButton} />
        </Sheet>
      )}
      {items.data && items.data.length > 0 && (
        <Sheet label={title}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column.title}>{column.title}</Table.Th>
                ))}
                {withActions && <Table.Th w={48} aria-label="Actions" />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.data.map((item) => (
                <Table.Tr key={item.id}>
                  {columns.map((column) => (
                    <Table.Td key={column.title}>{column.cell(item)}</Table.Td>
                  ))}
                  {withActions && (
                    <Table.Td>
                      <Menu width={160}>
                        <Menu.Target>
                          <ActionIcon aria-label={`Actions for ${nameOf(item)}`}>
                            <IconDots size={17} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          {mayChange && (
                            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEditing(item)}>
                              Change
                            </Menu.Item>
                          )}
                          {mayDelete && (
                            <Menu.Item
                              color="red"
                              leftSection={<IconTrash size={16} />}
                              onClick={() =>
                                ask({
                                  title: `Delete ${nameOf(item)}?`,
                                  text: props.deleteText ?? 'This cannot be undone.',
                                  verb: 'Delete',
                                  onYes: () => erase(item),
                                })
                              }
                            >
                              Delete
                            </Menu.Item>
                          )}
                        </Menu.Dropdown>
                      </Menu>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Sheet>
      )}
      {children}
      {editing !== null && (
        <ResourceForm
          title={editing === 'new' ? `Add a ${thing}` : `Change ${nameOf(editing)}`}
          verb={editing === 'new' ? `Add the ${thing}` : 'Save'}
          fields={editing === 'new' ? fields : fieldsForChange(fields)}
          values={editing === 'new' ? {} : toValues(editing)}
          onSubmit={submit}
          onClose={close}
          error={editing === 'new' ? create.error : update.error}
          busy={create.isPending || update.isPending}
        />
      )}
      {made && created?.(made, () => setMade(null))}
      {dialog}
    </Page>
  );
}

/** What can be changed afterwards; a password that is not written stays as it is. */
const fieldsForChange = (fields: readonly FormField[]): readonly FormField[] =>
  fields
    .filter(({ onlyNew }) => onlyNew !== true)
    .map((field) =>
      field.kind === 'password' ? { ...field, required: false, description: 'Stays as it is when left empty.' } : field,
    );
