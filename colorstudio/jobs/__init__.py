"""Jobs: what is to be coloured, the queue, and the pipeline that works it off."""
