### The view listen.
