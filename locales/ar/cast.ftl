### The view cast.
