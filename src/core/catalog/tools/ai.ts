import { defineTools } from '../define-tools';

/** Assistants that write or explain code, and local models. */
export const aiTools = defineTools('ai', [
  {
    id: 'claude',
    title: 'Claude Code',
    nixpkgs: ['claude-code'],
    files: [{ file: 'package.json', key: 'version' }],
    places: {
      linux: ['~/.local/bin/claude', '~/.claude/local/claude'],
      darwin: ['~/.local/bin/claude', '~/.claude/local/claude'],
    },
    packages: { npm: '@anthropic-ai/claude-code', cask: 'claude-code', winget: 'Anthropic.ClaudeCode' },
  },
  {
    id: 'codex',
    title: 'Codex CLI',
    nixpkgs: ['codex'],
    files: [{ file: '../package.json', key: 'version' }],
    packages: { npm: '@openai/codex', brew: 'codex' },
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    nixpkgs: ['gemini-cli', 'gemini-cli-bin'],
    files: [{ file: '../package.json', key: 'version' }],
    packages: { npm: '@google/gemini-cli', brew: 'gemini-cli' },
  },
  {
    id: 'copilot',
    title: 'GitHub Copilot CLI',
    nixpkgs: ['github-copilot-cli'],
    files: [{ file: 'package.json', key: 'version' }],
    packages: { npm: '@github/copilot' },
  },
  {
    id: 'aider',
    title: 'Aider',
    nixpkgs: ['aider-chat', 'aider-chat-full'],
    scheme: 'pep440',
    packages: { pip: 'aider-chat', brew: 'aider' },
  },
  { id: 'opencode', title: 'opencode', packages: { npm: 'opencode-ai', brew: 'opencode' } },
  { id: 'goose', title: 'Goose', nixpkgs: ['goose-cli'], packages: { brew: 'block-goose-cli' } },
  {
    id: 'cursor',
    title: 'Cursor',
    nixpkgs: ['code-cursor', 'code-cursor-fhs'],
    places: {
      linux: ['/opt/cursor/cursor.AppImage'],
      darwin: ['/Applications/Cursor.app'],
      windows: ['%LOCALAPPDATA%\\Programs\\cursor\\Cursor.exe'],
    },
    packages: { cask: 'cursor', winget: 'Anysphere.Cursor' },
  },
  {
    id: 'windsurf',
    title: 'Windsurf',
    places: { darwin: ['/Applications/Windsurf.app'], windows: ['%LOCALAPPDATA%\\Programs\\Windsurf\\Windsurf.exe'] },
    packages: { cask: 'windsurf', winget: 'Codeium.Windsurf' },
  },
  {
    id: 'ollama',
    title: 'Ollama',
    nixpkgs: ['ollama', 'ollama-cuda', 'ollama-rocm'],
    places: { darwin: ['/Applications/Ollama.app'], windows: ['%LOCALAPPDATA%\\Programs\\Ollama\\ollama.exe'] },
    packages: { apk: 'ollama', pacman: 'ollama', brew: 'ollama', winget: 'Ollama.Ollama', scoop: 'ollama' },
  },
  {
    id: 'llama-cpp',
    title: 'llama.cpp',
    programs: ['llama-cli'],
    nixpkgs: ['llama-cpp', 'llama-cpp-vulkan'],
    scheme: 'loose',
    packages: { brew: 'llama.cpp', apk: 'llama.cpp' },
  },
  {
    id: 'huggingface-cli',
    title: 'Hugging Face CLI',
    programs: ['huggingface-cli', 'hf'],
    nixpkgs: ['python#Packages.huggingface-hub'],
    packages: { brew: 'huggingface-cli', pip: 'huggingface-hub' },
  },
  {
    id: 'lm-studio',
    title: 'LM Studio',
    programs: ['lms'],
    nixpkgs: ['lmstudio'],
    places: { darwin: ['/Applications/LM Studio.app'] },
    packages: { cask: 'lm-studio', winget: 'ElementLabs.LMStudio' },
  },
]);
