document.body.dataset.ready = typeof globalThis.fixture;
