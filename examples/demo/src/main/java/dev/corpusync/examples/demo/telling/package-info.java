/** How a demo speaks: whatever it says is checked, and what takes long is seen to get on. */
@NullMarked
package dev.corpusync.examples.demo.telling;

import org.jspecify.annotations.NullMarked;
