import { describe, expect, it } from 'vitest';
import { parseImage } from '../../../src/core/pins/read/images/image';
import { pinsOf, pinsOfFile, shown } from './project';

describe('images', () => {
  it.each([
    ['node', { path: 'node', mirrored: false }],
    [
      'registry.example.com:5000/team/node:20@sha256:abc',
      { path: 'team/node', mirrored: false, tag: '20', digest: 'sha256:abc' },
    ],
    ['localhost/x:1', { path: 'x', mirrored: false, tag: '1' }],
    ['docker.io/library/Node:20', { path: 'library/node', mirrored: true, tag: '20' }],
  ])('takes %s apart', (reference, expected) => {
    expect(parseImage(reference)).toEqual(expected);
  });

  const tools = (image: string) =>
    pinsOf({ Dockerfile: `FROM ${image}\n` }).pins.map(
      (pin) => `${pin.tool} ${pin.constraint} ${pin.range ?? pin.channel}`,
    );

  it.each([
    ['node:20-alpine', ['node 20 >=20.0.0 <21.0.0-0']],
    ['node:20.11.1-bookworm-slim', ['node 20.11.1 20.11.1']],
    ['node:lts-alpine', ['node lts lts']],
    ['node:iron-slim', ['node iron >=20.0.0 <21.0.0-0']],
    ['node', ['node latest latest']],
    ['cimg/node:20.11', ['node 20.11 >=20.11.0 <20.12.0-0']],
    ['docker.io/library/python:3.12-slim', ['python 3.12 >=3.12.0 <3.13.0-0']],
    ['python:3.13.0rc1-slim', ['python 3.13.0rc1 3.13.0-rc.1']],
    ['python:3.11@sha256:0123', ['python 3.11 >=3.11.0 <3.12.0-0']],
    ['golang:1.22-alpine3.19', ['go 1.22 >=1.22.0 <1.23.0-0']],
    ['eclipse-temurin:17.0.9_9-jdk', ['java 17.0.9 17.0.9']],
    ['openjdk:8-jdk', ['java 8 >=8.0.0 <9.0.0-0']],
    ['openjdk:8u342-jre', ['java 8u342 >=8.0.0 <9.0.0-0']],
    ['gradle:8.5-jdk17', ['gradle 8.5 >=8.5.0 <8.6.0-0', 'java 17 >=17.0.0 <18.0.0-0']],
    ['maven:3.9-eclipse-temurin-21', ['java 21 >=21.0.0 <22.0.0-0', 'maven 3.9 >=3.9.0 <3.10.0-0']],
    ['mcr.microsoft.com/dotnet/sdk:8.0-jammy', ['dotnet 8.0 >=8.0.0 <8.1.0-0']],
    ['mcr.microsoft.com/devcontainers/python:1-3.11-bookworm', ['python 3.11 >=3.11.0 <3.12.0-0']],
    ['mcr.microsoft.com/vscode/devcontainers/javascript-node:0-18', ['node 18 >=18.0.0 <19.0.0-0']],
    ['mcr.microsoft.com/devcontainers/go:1.22-bookworm', ['go 1.22 >=1.22.0 <1.23.0-0']],
    ['ghcr.io/astral-sh/uv:0.4.30-python3.12-bookworm', ['python 3.12 >=3.12.0 <3.13.0-0', 'uv 0.4.30 0.4.30']],
    ['ghcr.io/astral-sh/uv:python3.12-bookworm', ['python 3.12 >=3.12.0 <3.13.0-0']],
    ['nikolaik/python-nodejs:python3.11-nodejs20', ['node 20 >=20.0.0 <21.0.0-0', 'python 3.11 >=3.11.0 <3.12.0-0']],
    ['elixir:1.15.7-otp-26', ['elixir 1.15.7 1.15.7', 'erlang 26 >=26.0.0 <27.0.0-0']],
    ['postgis/postgis:15-3.3', ['postgres 15 >=15.0.0 <16.0.0-0']],
    ['pgvector/pgvector:pg16', ['postgres 16 >=16.0.0 <17.0.0-0']],
    ['oven/bun:1.0.30-alpine', ['bun 1.0.30 1.0.30']],
    ['public.ecr.aws/lambda/python:3.11', ['python 3.11 >=3.11.0 <3.12.0-0']],
    ['registry.example.com/mirror/node:20', ['node 20 >=20.0.0 <21.0.0-0']],
    ['gradle:jdk17-alpine', ['gradle jdk17 latest', 'java 17 >=17.0.0 <18.0.0-0']],
    ['rust:slim', ['rustc slim latest']],
    ['node:alpine', ['node alpine latest']],
    ['denoland/deno:alpine-1.40.0', ['deno 1.40.0 1.40.0']],
    ['ibm-semeru-runtimes:open-17-jdk', ['java 17 >=17.0.0 <18.0.0-0']],
    ['gcr.io/distroless/nodejs20-debian12', ['node 20 >=20.0.0 <21.0.0-0']],
    ['mycompany/node:7', []],
    ['alpine:3.19', []],
    ['debian:bookworm', []],
    ['scratch', []],
  ])('%s', (image, expected) => {
    expect(tools(image)).toEqual(expected);
  });

  it('says that a digest tells no version', () => {
    const { pins, unresolved } = pinsOf({ Dockerfile: 'FROM node@sha256:0123\nFROM alpine@sha256:0123\n' });
    expect(pins).toEqual([]);
    expect(unresolved).toMatchObject([{ what: 'FROM node@sha256:0123', position: { line: 1, column: 6 } }]);
  });
});

describe('Dockerfile', () => {
  it('follows stages, arguments, continuations, comments and here-documents', () => {
    const text = `# syntax=docker/dockerfile:1
ARG NODE_VERSION=18
ARG PY="3.11" SUFFIX=-slim
FROM --platform=$BUILDPLATFORM node:\${NODE_VERSION}-alpine AS base
FROM base AS build
COPY --from=ghcr.io/astral-sh/uv:0.4.30 /uv /bin/
COPY --from=build /x /y
COPY --from=0 /x /y
RUN --mount=type=bind,from=golang:1.21,target=/go true
RUN <<EOF
FROM ruby:2.7
EOF
FROM golang:1.22 \\
  # in between
  AS go
from python:\${PY}\${SUFFIX}
FROM "rust:1.75"
ARG LATE=16
FROM node:\${LATE:-14}
FROM node:\${UNKNOWN}
`;
    expect(pinsOfFile('Dockerfile', text)).toEqual([
      'node 18 → >=18.0.0 <19.0.0-0 @ Dockerfile:2:18',
      'python 3.11 → >=3.11.0 <3.12.0-0 @ Dockerfile:3:9',
      'uv 0.4.30 → 0.4.30 @ Dockerfile:6:13',
      'go 1.21 → >=1.21.0 <1.22.0-0 @ Dockerfile:9:28',
      'go 1.22 → >=1.22.0 <1.23.0-0 @ Dockerfile:13:6',
      'rustc 1.75 → >=1.75.0 <1.76.0-0 @ Dockerfile:17:7',
      'node 14 → >=14.0.0 <15.0.0-0 @ Dockerfile:19:6',
    ]);
    const { pins, unresolved } = pinsOf({ Dockerfile: text });
    expect(unresolved).toMatchObject([
      { what: 'FROM node:…', reason: '$UNKNOWN is set elsewhere', position: { line: 20 } },
    ]);
    expect(pins.find((pin) => pin.constraint === '18')).toMatchObject({
      source: 'container',
      declaredBy: 'FROM',
      scope: 'stage base',
      text: 'ARG NODE_VERSION=18',
    });
  });

  it.each([
    ['${BASE:-python:${PY}-slim}', ['python 3.13.9 → 3.13.9 @ Dockerfile:2:8']],
    ['${BASE:-node:${NODE:-${LTS:-22}}}', ['node 22 → >=22.0.0 <23.0.0-0 @ Dockerfile:5:6']],
    ['node:20${PY:+-${FLAVOUR}}', ['node 20 → >=20.0.0 <21.0.0-0 @ Dockerfile:5:6']],
    ['python:${PY%.*}', ['python 3.13 → >=3.13.0 <3.14.0-0 @ Dockerfile:2:8']],
    ['golang:${TAG#go}', ['go 1.22.5 → 1.22.5 @ Dockerfile:3:9']],
    ['python:${PY/.9/.7}-slim', ['python 3.13.7 → 3.13.7 @ Dockerfile:5:6']],
    ['python:${PY:0:4}', ['python 3.13 → >=3.13.0 <3.14.0-0 @ Dockerfile:2:8']],
    ['python:$PY-slim', ['python 3.13.9 → 3.13.9 @ Dockerfile:2:8']],
    ['python:$OTHER-slim', []],
    ['python:${PY', []],
    ['python:${PY@Q}', []],
  ])('fills in what stands within words of variables: FROM %s', (image, expected) => {
    const text = `ARG BASE\nARG PY=3.13.9\nARG TAG=go1.22.5\nARG FLAVOUR=slim\nFROM ${image}\n`;
    expect(pinsOfFile('Dockerfile', text)).toEqual(expected);
  });

  it('knows the escape directive and Windows line ends', () => {
    expect(
      pinsOfFile('Containerfile', '# escape=`\r\nFROM `\r\n  node:20 AS a\r\nRUN dir C:\\\r\nFROM node:18\r\n'),
    ).toEqual(['node 20 → >=20.0.0 <21.0.0-0 @ Containerfile:3:3', 'node 18 → >=18.0.0 <19.0.0-0 @ Containerfile:5:6']);
  });

  it.each([
    'Dockerfile.dev',
    'dev.Dockerfile',
    'docker/Dockerfile',
    'docker/web/Dockerfile',
    '.devcontainer/Dockerfile',
  ])('is found as %s', (path) => {
    expect(pinsOfFile(path, 'FROM node:20\n')).toHaveLength(1);
  });

  it('takes files whose names differ in a number for alternatives', () => {
    const { pins } = pinsOf({ 'Dockerfile.node18': 'FROM node:18\n', 'Dockerfile.node20': 'FROM node:20\n' });
    expect(new Set(pins.map((pin) => pin.group))).toEqual(new Set(['Dockerfile.node#']));
  });
});

describe('Compose', () => {
  it('reads Dockerfiles that stand inside of Compose files, at their places', () => {
    const compose = `services:
  app:
    build:
      args: { V: 1.21 }
      dockerfile_inline: |
        ARG V=1.20
        FROM node:21 AS base
        FROM golang:\${V}
  tool:
    build: { dockerfile_inline: "FROM python:3.7" }
`;
    expect(pinsOfFile('compose.yaml', compose)).toEqual([
      'go 1.21 → >=1.21.0 <1.22.0-0 @ compose.yaml:4:18',
      'node 21 → >=21.0.0 <22.0.0-0 @ compose.yaml:7:14',
      'python 3.7 → >=3.7.0 <3.8.0-0 @ compose.yaml:10:39',
    ]);
  });

  it('reads images, variables, .env, anchors and build arguments', () => {
    const { pins, unresolved } = pinsOf({
      'compose.yaml': `include: [other.yaml]
x-db: &db
  image: postgres:\${PG_VERSION:-15}-alpine
services:
  db:
    <<: *db
  cache:
    image: "redis:\${REDIS}"
  web:
    image: mycompany/web:2
    build:
      context: ./docker
      args:
        NODE_VERSION: "16"
        UNUSED: "1"
  old:
    build:
      context: docker
      args: [NODE_VERSION=14]
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.11.1
`,
      '.env': 'SECRET=hunter2\nPG_VERSION=14 # old\n',
      'docker/Dockerfile': `ARG NODE_VERSION=20\nFROM node:\${NODE_VERSION}\nFROM golang:1.22\n`,
    });
    expect(pins.map((pin) => `${shown(pin)} ${pin.scope ?? ''}`)).toEqual([
      'elasticsearch 8.11.1 → 8.11.1 @ compose.yaml:21:12 service search',
      'go 1.22 → >=1.22.0 <1.23.0-0 @ docker/Dockerfile:3:6 ',
      'node 16 → >=16.0.0 <17.0.0-0 @ compose.yaml:14:23 service web',
      'node 14 → >=14.0.0 <15.0.0-0 @ compose.yaml:19:14 service old',
      'node 20 → >=20.0.0 <21.0.0-0 @ docker/Dockerfile:1:18 ',
      'postgres 14 → >=14.0.0 <15.0.0-0 @ compose.yaml:3:10 service db',
    ]);
    expect(unresolved.map(({ what }) => what)).toEqual(['include', 'image redis:…']);
    expect(JSON.stringify(pins)).not.toContain('hunter2');
  });
});

describe('dev containers', () => {
  it('reads image, features and comments', () => {
    const text = `// dev
{
  "image": "mcr.microsoft.com/devcontainers/base:ubuntu", /* base */
  "features": {
    "ghcr.io/devcontainers/features/node:1": { "version": "20", "pnpmVersion": "8.15.1" },
    "ghcr.io/devcontainers/features/python:1": "3.11",
    "ghcr.io/devcontainers/features/java:1": { "version": "none", "mavenVersion": "3.9" },
    "ghcr.io/devcontainers/features/kubectl-helm-minikube:1": { "version": "1.28", "helm": "3.13.1", "minikube": "none" },
    "ghcr.io/devcontainers/features/common-utils:2": { "version": "2" },
    "./local": {},
  },
}`;
    expect(pinsOfFile('.devcontainer/devcontainer.json', text)).toEqual([
      'node 20 → >=20.0.0 <21.0.0-0 @ .devcontainer/devcontainer.json:5:59',
      'pnpm 8.15.1 → 8.15.1 @ .devcontainer/devcontainer.json:5:80',
      'python 3.11 → >=3.11.0 <3.12.0-0 @ .devcontainer/devcontainer.json:6:48',
      'maven 3.9 → >=3.9.0 <3.10.0-0 @ .devcontainer/devcontainer.json:7:83',
      'kubectl 1.28 → >=1.28.0 <1.29.0-0 @ .devcontainer/devcontainer.json:8:76',
      'helm 3.13.1 → 3.13.1 @ .devcontainer/devcontainer.json:8:92',
    ]);
  });

  it('reads the Dockerfile that it names, with its arguments', () => {
    const { pins, problems } = pinsOf({
      '.devcontainer/devcontainer.json':
        '{"build": {"dockerfile": "../ops/Dockerfile", "args": {"VARIANT": "18-bullseye"}}}',
      'ops/Dockerfile': `ARG VARIANT=20\nFROM mcr.microsoft.com/devcontainers/javascript-node:\${VARIANT}\n`,
    });
    expect(problems).toEqual([]);
    expect(pins.map((pin) => `${shown(pin)} ${pin.source}`)).toEqual([
      'node 18 → >=18.0.0 <19.0.0-0 @ .devcontainer/devcontainer.json:1:67 dev-container',
      'node 20 → >=20.0.0 <21.0.0-0 @ ops/Dockerfile:1:13 container',
    ]);
  });

  it('refuses a Dockerfile outside the project', () => {
    const { problems } = pinsOf({
      '.devcontainer/devcontainer.json': '{"build": {"dockerfile": "../../etc/Dockerfile"}}',
      '/etc/Dockerfile': 'FROM node:20',
    });
    expect(problems).toMatchObject([{ code: 'pin-file-outside' }]);
  });
});
